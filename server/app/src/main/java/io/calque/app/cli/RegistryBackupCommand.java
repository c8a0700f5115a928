package io.calque.app.cli;

import io.calque.registry.store.RegistryBackup;
import io.calque.spi.catalog.CatalogSnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Copy the registry to a new file; servers may go on using it.")
final class RegistryBackupCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Parameters(paramLabel = "FILE", description = "File to write; it must not exist.")
    private Path target = Path.of("");

    RegistryBackupCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path file = context.invocation().directory().resolve(target);
        CatalogSnapshot saved = new RegistryBackup(Clock.systemUTC()).save(options.file(context), file);
        context.invocation().error().println("saved version " + saved.version() + " to " + file);
        return ExitCode.OK;
    }
}
