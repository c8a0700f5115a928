package io.calque.benchmarks.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measure speed over embedded databases, beside what they do alone.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Answers are checked before they are timed. Both sides take turns, so that the ratios hold on a busy machine too."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        throw new ParameterException(
                command.commandLine(),
                "Which one? Name tpch, latency, scan, planning, bind, operators, start or baseline.");
    }
}
