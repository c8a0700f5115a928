package io.calque.app.cli;

import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "override",
        description = "Change what SQL sees of a table or column; without an object, list all overrides.",
        footer = {
            "",
            "calque registry override crm.public.orders.total --type 'DECIMAL(10, 2)'",
            "calque registry override crm.public.cst_mst --name customers --key cst_no",
            "calque registry override shop.address --json",
            "calque registry override crm.public.orders.total --reset type"
        })
final class RegistryOverrideCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Mixin
    private final AnnotationOptions annotation = new AnnotationOptions();

    @Parameters(arity = "0..1", paramLabel = "OBJECT", description = "A table or column.")
    private @Nullable String object;

    @Option(names = "--type", paramLabel = "TYPE", description = "Read the column as this SQL type.")
    private @Nullable String type;

    @Option(names = "--name", paramLabel = "NAME", description = "Call the table or column so.")
    private @Nullable String name;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Comment on the table or column.")
    private @Nullable String comment;

    @Option(names = "--hide", description = "Do not show the table, column or nested columns.")
    private boolean hide;

    @Option(names = "--json", description = "Show nested columns as one JSON document.")
    private boolean json;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            description = "Take these columns of the table for its primary key.")
    private List<String> key = List.of();

    @Option(
            names = "--reset",
            paramLabel = "ASPECT",
            split = ",",
            description = "Take the override back: type, name, comment, hidden, nesting or key.")
    private List<Aspect> reset = List.of();

    RegistryOverrideCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            if (object == null) {
                AnnotationOptions.print(
                        context, options, registry, a -> a.aspect().isOverride());
                return ExitCode.OK;
            }
            Target target = new ObjectNames(registry.observed()).target(object);
            for (Map.Entry<Aspect, Optional<String>> edit : edits().entrySet()) {
                annotation.say(registry, target, edit.getKey(), "", edit.getValue());
            }
            AnnotationOptions.print(
                    context,
                    options,
                    registry,
                    a -> a.target().equals(target) && a.aspect().isOverride());
            return ExitCode.OK;
        }
    }

    /** Present values are said, empty ones taken back. */
    private Map<Aspect, Optional<String>> edits() {
        Map<Aspect, Optional<String>> edits = new LinkedHashMap<>();
        for (Aspect aspect : reset) {
            if (!aspect.isOverride()) {
                throw new QueryException(
                        ErrorCode.INVALID_PARAMETER, "'" + aspect.name().toLowerCase(Locale.ROOT) + "' is no override");
            }
            edits.put(aspect, Optional.empty());
        }
        put(edits, Aspect.TYPE, type);
        put(edits, Aspect.NAME, name);
        put(edits, Aspect.COMMENT, comment);
        put(edits, Aspect.HIDDEN, hide ? "true" : null);
        put(edits, Aspect.NESTING, json ? "json" : null);
        put(edits, Aspect.KEY, key.isEmpty() ? null : list(key));
        return edits;
    }

    private static void put(Map<Aspect, Optional<String>> edits, Aspect aspect, @Nullable String value) {
        if (value != null) {
            edits.put(aspect, Optional.of(value));
        }
    }

    private static String list(List<String> names) {
        return names.stream()
                .map(n -> '"' + n.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
