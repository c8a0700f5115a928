package io.calque.benchmarks.command;

import io.calque.app.cli.CommandExtension;
import io.calque.app.terminal.Invocation;
import picocli.CommandLine;

/** Brings {@code calque bench} to the command line. */
public final class BenchExtension implements CommandExtension {
    @Override
    public CommandLine command(Invocation invocation) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new TpchBench(invocation))
                .addSubcommand(new LatencyBench(invocation))
                .addSubcommand(new ScanBench(invocation))
                .addSubcommand(new PlanningBench(invocation))
                .addSubcommand(new BindBench(invocation))
                .addSubcommand(new OperatorsBench(invocation))
                .addSubcommand(new StartBench(invocation))
                .addSubcommand(new BaselineBench(invocation));
    }
}
