package io.calque.app.cli;

import io.calque.registry.store.RegistryBackup;
import io.calque.registry.store.RegistryBackup.Restored;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Put a backup in the registry's place, after checking it; what was there is kept beside it.",
        footer = {"", "Servers that use the registry must be stopped first."})
final class RegistryRestoreCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Parameters(paramLabel = "FILE", description = "What 'calque registry backup' wrote.")
    private Path backup = Path.of("");

    RegistryRestoreCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path registry = options.file(context);
        Restored restored = new RegistryBackup(Clock.systemUTC())
                .restore(context.invocation().directory().resolve(backup), registry);
        PrintStream error = context.invocation().error();
        error.println("restored version " + restored.snapshot().version() + " to " + registry);
        restored.replaced().ifPresent(aside -> error.println("what was there is kept as " + aside));
        return ExitCode.OK;
    }
}
