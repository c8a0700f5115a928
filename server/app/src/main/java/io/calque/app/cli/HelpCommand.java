package io.calque.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** picocli's own help command has a {@code -h} of its own, which collides with the inherited one. */
@Command(name = "help", description = "Show help for a command.")
final class HelpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
    private @Nullable String name;

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        CommandLine calque = command.commandLine().getParent();
        Map<String, CommandLine> commands = calque.getSubcommands();
        CommandLine asked = name == null ? calque : commands.get(name);
        if (asked == null) {
            throw new ParameterException(command.commandLine(), "There is no command '" + name + "'.");
        }
        asked.usage(calque.getOut());
        return ExitCode.OK;
    }
}
