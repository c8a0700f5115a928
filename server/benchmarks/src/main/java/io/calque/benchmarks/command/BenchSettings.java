package io.calque.benchmarks.command;

import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options about the data and the number of rounds. */
final class BenchSettings {
    private static final double LEAST = 0.01;

    @Option(
            names = "--sf",
            paramLabel = "FACTOR",
            description = "TPC-H's scale factor, from 0.01; 0.1 is some 120 MB of text and 1 needs 6 GB of heap"
                    + " (CALQUE_JAVA_OPTS=-Xmx8g). Default: ${DEFAULT-VALUE}.",
            defaultValue = "0.1")
    private double scaleFactor = 0.1;

    @Option(
            names = "--split",
            description = "Which database holds which table: mixed, or hard, where the two large tables are apart."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "mixed")
    private TpchSplit split = TpchSplit.MIXED;

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            description = "Rounds before those that are timed (default: depends on the command).")
    private int warmUps = -1;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that are timed (default: likewise).")
    private int rounds = -1;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    /** Where databases are made. */
    ServerOptions servers() {
        return servers;
    }

    double scaleFactor() {
        if (!(scaleFactor >= LEAST)) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID, "--sf is " + scaleFactor + ", where at least 0.01 is wanted");
        }
        return scaleFactor;
    }

    TpchSplit split() {
        return split;
    }

    Rounds rounds(int defaultWarmUps, int defaultRounds) {
        if (rounds == 0) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, "--rounds is 0, where at least 1 is wanted");
        }
        return new Rounds(warmUps < 0 ? defaultWarmUps : warmUps, rounds < 0 ? defaultRounds : rounds);
    }
}
