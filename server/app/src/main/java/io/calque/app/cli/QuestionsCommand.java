package io.calque.app.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "nl", description = "Tools for questions in plain language.", synopsisSubcommandLabel = "COMMAND")
final class QuestionsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        throw new ParameterException(command.commandLine(), "No command given.");
    }
}
