package io.calque.benchmarks.command;

import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Invocation;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "baseline",
        description =
                "Hold all measurements, at a small size, against those that are kept with the sources, or keep them anew.",
        footer = {
            "",
            "What counts is the ratio to the peer of the same run, so that a baseline of one machine serves another; still, a busy machine moves a"
                    + " ratio by a factor of two. Each regression is named, and makes the exit code 1."
        })
final class BaselineBench implements Callable<Integer> {
    /** Where the figures are kept with the sources. */
    static final String DIRECTORY = "server/benchmarks/baseline";

    /** One measurement: its command, and with what it is run. */
    private record Measurement(Function<Invocation, Callable<Integer>> command, String arguments) {}

    private static final Map<String, Measurement> MEASUREMENTS = measurements();

    private final Invocation invocation;

    @Option(names = "--save", description = "Keep the figures of this run instead.")
    private boolean save;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Of planning, latency, scan, operators, tpch-mixed, tpch-hard (default: all).")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Where the figures are kept (default: " + DIRECTORY + ").")
    private Path directory = Path.of(DIRECTORY);

    @Option(
            names = "--allow",
            paramLabel = "FACTOR",
            defaultValue = "1.5",
            description = "How many times slower is still let pass, beside the peer (default: ${DEFAULT-VALUE}).")
    private double allow = 1.5;

    BaselineBench(Invocation invocation) {
        this.invocation = invocation;
    }

    private static Map<String, Measurement> measurements() {
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("planning", new Measurement(PlanningBench::new, "--sf 0.01 --warm-ups 25 --rounds 40"));
        all.put("latency", new Measurement(LatencyBench::new, "--sf 0.01 --warm-ups 1000 --rounds 1500"));
        all.put("scan", new Measurement(ScanBench::new, "--sf 0.03 --split hard --warm-ups 5 --rounds 9"));
        all.put(
                "operators",
                new Measurement(OperatorsBench::new, "--rows 3000000 --keys 750000 --warm-ups 2 --rounds 3"));
        all.put("tpch-mixed", new Measurement(TpchBench::new, "--sf 0.1 --warm-ups 2 --rounds 3"));
        all.put("tpch-hard", new Measurement(TpchBench::new, "--sf 0.1 --split hard --warm-ups 2 --rounds 3"));
        return all;
    }

    @Override
    public Integer call() throws Exception {
        for (String name : only) {
            measurement(name);
        }
        int worst = ExitCode.OK;
        for (String name : only.isEmpty() ? List.copyOf(MEASUREMENTS.keySet()) : only) {
            LoadedTpch.say(invocation, "-- " + name);
            worst = Math.max(worst, measure(name));
            invocation.out().flush();
        }
        return worst;
    }

    private int measure(String name) throws Exception {
        Measurement measurement = measurement(name);
        Callable<Integer> bench = measurement.command().apply(invocation);
        List<String> arguments =
                new ArrayList<>(Arrays.asList(measurement.arguments().split(" ")));
        arguments.addAll(List.of(
                save ? "--save" : "--compare",
                directory.resolve(name + ".tsv").toString(),
                "--allow",
                String.format(Locale.ROOT, "%s", allow)));
        new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        return bench.call();
    }

    private static Measurement measurement(String name) {
        @Nullable Measurement found = MEASUREMENTS.get(name);
        if (found == null) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "There is no measurement '" + name + "'; there are " + String.join(", ", MEASUREMENTS.keySet()));
        }
        return found;
    }
}
