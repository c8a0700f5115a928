package io.calque.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What people do with the meaning of words; nothing here talks with a source. */
@Command(
        name = "ontology",
        description = "Write down what words mean: terms, metrics, values, roles.",
        synopsisSubcommandLabel = "COMMAND")
final class OntologyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    /** With everything that stands under it. */
    static CommandLine line(CommandContext context) {
        CommandLine ontology = new CommandLine(new OntologyCommand());
        for (Callable<Integer> command : List.<Callable<Integer>>of(
                new OntologyImportCommand(context),
                new OntologyExportCommand(context),
                new OntologyCheckCommand(context),
                new OntologySuggestCommand(context))) {
            ontology.addSubcommand(new CommandLine(command));
        }
        return ontology;
    }

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        throw new ParameterException(command.commandLine(), "No command given.");
    }
}
