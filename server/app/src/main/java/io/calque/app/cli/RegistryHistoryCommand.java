package io.calque.app.cli;

import static io.calque.app.cli.RegistryOptions.number;
import static io.calque.app.cli.RegistryOptions.text;

import io.calque.registry.store.Registry;
import io.calque.registry.store.RegistryVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "history", description = "List the registry's versions, the newest first.")
final class RegistryHistoryCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default: 20).")
    private int limit = 20;

    RegistryHistoryCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Registry registry = options.open(context)) {
            List<RegistryVersion> versions = registry.history();
            for (int i = versions.size() - 1; i >= Math.max(0, versions.size() - limit); i--) {
                RegistryVersion version = versions.get(i);
                rows.add(List.of(
                        version.version(),
                        version.publishedAt().toString(),
                        version.author(),
                        version.changes(),
                        version.cause()));
            }
        }
        options.print(
                context,
                List.of(number("version"), text("published_at"), text("author"), number("changes"), text("cause")),
                rows);
        return ExitCode.OK;
    }
}
