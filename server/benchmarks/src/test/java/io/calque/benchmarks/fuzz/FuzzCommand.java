package io.calque.benchmarks.fuzz;

import io.calque.benchmarks.fuzz.SameAnswer.Depth;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The long run: {@code FuzzCommand [first seed] [seeds] [queries a seed] [worlds a seed]}. Prints differences as they are found, then
 * what was pushed how often; its exit code is 1 when there was one.
 */
public final class FuzzCommand {
    private FuzzCommand() {}

    public static void main(String[] arguments) {
        int status = 2;
        try {
            status = run(arguments);
        } catch (SQLException | RuntimeException e) {
            e.printStackTrace(System.out);
        }
        // The embedded servers have threads that would keep the process alive.
        System.exit(status);
    }

    private static int run(String[] arguments) throws SQLException {
        long first = argument(arguments, 0, 1);
        int seeds = (int) argument(arguments, 1, 10);
        int queries = (int) argument(arguments, 2, 2000);
        int worlds = (int) argument(arguments, 3, 20);
        return run(first, seeds, queries, worlds, System.out).differences.isEmpty() ? 0 : 1;
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }

    static FuzzRun.Report run(long first, int seeds, int queries, int worlds, PrintStream out) throws SQLException {
        FuzzRun.Report report = new FuzzRun.Report();
        Instant start = Instant.now();
        for (long seed = first; seed < first + seeds; seed++) {
            for (int world = 0; world < worlds; world++) {
                long worldSeed = seed * 1000 + world;
                try (FuzzRun run = FuzzRun.start(worldSeed, report.ledger, Fault.NONE)) {
                    run.queries(queries / worlds, worldSeed, Depth.FULL, report, out::println);
                }
            }
            out.println("seed " + seed + ": so far " + report.queries + " queries, " + report.answered + " compared, "
                    + report.differences.size() + " differences, "
                    + Duration.between(start, Instant.now()).toSeconds() + " s");
        }
        out.println(report);
        return report;
    }
}
