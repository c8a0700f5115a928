package io.calque.benchmarks.command;

import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Baseline;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Timing;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options about figures of earlier runs. */
final class Comparing {
    @Option(names = "--save", paramLabel = "FILE", description = "Keep the figures in this file, as a baseline.")
    private @Nullable Path save;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Hold the figures against such a file: name what has become slower, and exit with 1 for it.")
    private @Nullable Path compare;

    @Option(
            names = "--allow",
            paramLabel = "FACTOR",
            defaultValue = "1.3",
            description =
                    "How many times slower is still let pass, beside the peer of the same run (default: ${DEFAULT-VALUE}).")
    private double allow = 1.3;

    /** Keeps and compares, as asked; the command's exit code. */
    int finish(Invocation invocation, String command, List<Figure> figures) {
        Baseline now = new Baseline(command, figures);
        List<Baseline.Regression> regressions = compare == null
                ? List.of()
                : Baseline.read(invocation.directory().resolve(compare)).regressions(now, allow);
        if (save != null) {
            now.write(invocation.directory().resolve(save));
        }
        regressions.forEach(regression -> invocation.error().println("regression: " + regression));
        if (compare != null && regressions.isEmpty()) {
            invocation.error().println("no figure is more than " + allow + " times as slow as before");
        }
        return regressions.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Calque's and the peer's time as a figure. */
    static Figure figure(String name, Timing calque, Timing peer) {
        return new Figure(name, calque.median(), peer.median());
    }
}
