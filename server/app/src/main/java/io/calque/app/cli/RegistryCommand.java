package io.calque.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What people do with the schema registry itself; nothing here talks with a source. */
@Command(
        name = "registry",
        description = "Look into the schema registry, annotate it, save and restore it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "An object is a source, source.schema.table or source.schema.table.column,",
            "as short as it is unique. It keeps the names of its source, also where an",
            "override shows another one; relationships go by the names that SQL sees."
        })
final class RegistryCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    /** With everything that stands under it. */
    static CommandLine line(CommandContext context) {
        CommandLine registry = new CommandLine(new RegistryCommand());
        for (Callable<Integer> command : List.<Callable<Integer>>of(
                new RegistryBackupCommand(context),
                new RegistryRestoreCommand(context),
                new RegistryHistoryCommand(context),
                new RegistryDiffCommand(context),
                new RegistryOverrideCommand(context),
                new RegistryTagCommand(context),
                new RegistryOwnerCommand(context),
                new RegistryRelationshipsCommand(context))) {
            registry.addSubcommand(new CommandLine(command));
        }
        return registry;
    }

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        throw new ParameterException(command.commandLine(), "No command given.");
    }
}
