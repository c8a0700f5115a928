package io.calque.app.cli;

import io.calque.app.config.ServerSettings;
import io.calque.app.demo.Demo;
import io.calque.app.demo.DemoOptions;
import io.calque.app.demo.DemoOptions.Afterwards;
import io.calque.app.terminal.Invocation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Start three databases with sample data, join them, and open a shell on them.",
        footer = {"", "Needs no database and no configuration, and leaves nothing behind."})
final class DemoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the endpoint (default: ${DEFAULT-VALUE}); 0 takes a free one.")
    private int port = ServerSettings.DEFAULT_PORT;

    @Option(names = "--exit", description = "End after the showcase.")
    private boolean exit;

    @Option(names = "--no-shell", description = "Serve after the showcase, also on a terminal.")
    private boolean noShell;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        boolean succeeded =
                new Demo(context.invocation(), context.deployments(), new DemoOptions(port, afterwards())).run();
        return succeeded ? ExitCode.OK : ExitCode.FAILED;
    }

    private Afterwards afterwards() {
        if (exit) {
            return Afterwards.EXIT;
        }
        Invocation.Terminals terminals = context.invocation().terminals();
        return noShell || !terminals.in() || !terminals.out() ? Afterwards.SERVE : Afterwards.SHELL;
    }
}
