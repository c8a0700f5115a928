package io.calque.app.cli;

import io.calque.registry.store.Registry;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "owner",
        description = "Say who owns a source, table or column; without an object, list all owners.",
        footer = {"", "calque registry owner crm.public.customers 'Sales, sales@example.org'"})
final class RegistryOwnerCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Mixin
    private final AnnotationOptions annotation = new AnnotationOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "OBJECT", description = "A source, table or column.")
    private @Nullable String object;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OWNER", description = "The person or team to ask.")
    private @Nullable String owner;

    @Option(names = "--remove", description = "Say nothing of its owner any more.")
    private boolean remove;

    RegistryOwnerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            if (object == null) {
                AnnotationOptions.print(context, options, registry, a -> a.aspect() == Aspect.OWNER);
                return ExitCode.OK;
            }
            Target target = new ObjectNames(registry.observed()).target(object);
            if (remove || owner != null) {
                annotation.say(
                        registry, target, Aspect.OWNER, "", remove ? Optional.empty() : Optional.ofNullable(owner));
            }
            AnnotationOptions.print(
                    context,
                    options,
                    registry,
                    a -> a.aspect() == Aspect.OWNER && a.target().equals(target));
            return ExitCode.OK;
        }
    }
}
