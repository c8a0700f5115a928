package io.calque.app.cli;

import io.calque.app.shell.Shell;
import io.calque.app.shell.ShellOptions;
import io.calque.app.shell.ShellTerminal;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "shell", description = "Type SQL, with history and completion.")
final class ShellCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    ShellCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Invocation invocation = context.invocation();
        try (Connected connected = Connected.open(context, connection);
                ShellTerminal terminal = ShellTerminal.open(invocation)) {
            Shell shell = new Shell(
                    terminal.terminal(),
                    connected.client(),
                    new ShellOptions(
                            output.format(),
                            output.fit(),
                            ShellTerminal.history(invocation),
                            invocation.directory(),
                            invocation.environment()),
                    terminal.failures(invocation));
            Thread running = Thread.currentThread();
            try (Interruption.Scope scope = invocation.interruption().stopping(() -> shell.end(running))) {
                return converse(shell, terminal);
            }
        }
    }

    private int converse(Shell shell, ShellTerminal terminal) throws IOException {
        if (terminal.interactive()) {
            terminal.greet("Type a statement ending with ';', \\? for help, \\q to leave.");
            shell.run();
            return ExitCode.OK;
        }
        InputStreamReader script = new InputStreamReader(context.invocation().in(), StandardCharsets.UTF_8);
        return shell.feed(new BufferedReader(script)) ? ExitCode.OK : ExitCode.FAILED;
    }
}
