package io.calque.app.cli;

import static io.calque.app.cli.RegistryOptions.text;

import io.calque.registry.drift.CatalogChange;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "diff", description = "Say what differs between two versions of the registry.")
final class RegistryDiffCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "A version; 0 is the empty registry.")
    private long from;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TO", description = "Another one (default: the newest).")
    private @Nullable Long to;

    RegistryDiffCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Registry registry = options.open(context)) {
            long until = to == null ? registry.current().version() : to;
            for (CatalogChange change : registry.diff(from, until)) {
                rows.add(List.of(
                        change.kind(),
                        change.impact().name().toLowerCase(Locale.ROOT),
                        change.table()
                                .map(TableName::toString)
                                .or(() -> change.source().map(SourceId::value))
                                .orElse(""),
                        change.object().orElse(""),
                        change.description()));
            }
        }
        options.print(
                context,
                List.of(text("kind"), text("impact"), text("table"), text("object"), text("description")),
                rows);
        return ExitCode.OK;
    }
}
