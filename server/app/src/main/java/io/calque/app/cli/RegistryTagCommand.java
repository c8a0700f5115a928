package io.calque.app.cli;

import io.calque.registry.store.Registry;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tag",
        description = "Tag a source, table or column; without an object, list all tags.",
        footer = {"", "calque registry tag crm.public.customers.email pii=high gdpr"})
final class RegistryTagCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Mixin
    private final AnnotationOptions annotation = new AnnotationOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "OBJECT", description = "A source, table or column.")
    private @Nullable String object;

    @Parameters(index = "1..*", paramLabel = "TAG", description = "A word, or word=value.")
    private List<String> tags = List.of();

    @Option(names = "--remove", description = "Take the tags away.")
    private boolean remove;

    RegistryTagCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            if (object == null) {
                AnnotationOptions.print(context, options, registry, a -> a.aspect() == Aspect.TAG);
                return ExitCode.OK;
            }
            Target target = new ObjectNames(registry.observed()).target(object);
            for (String tag : tags) {
                int equals = tag.indexOf('=');
                String label = equals < 0 ? tag : tag.substring(0, equals);
                Optional<String> value = Optional.of(equals < 0 ? "" : tag.substring(equals + 1));
                annotation.say(registry, target, Aspect.TAG, label, remove ? Optional.empty() : value);
            }
            AnnotationOptions.print(
                    context,
                    options,
                    registry,
                    a -> a.aspect() == Aspect.TAG && a.target().equals(target));
            return ExitCode.OK;
        }
    }
}
