package io.calque.benchmarks.fuzz;

import io.calque.benchmarks.fuzz.SameAnswer.Depth;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The long run: {@code FuzzCommand [first seed] [seeds] [queries a seed] [worlds a seed] [minutes] [folder]}. Prints differences as they are
 * found, then what was pushed how often; its exit code is 1 when there was one. With a folder, each world that is done leaves a file
 * there, and is read instead of run when the command is given again: so a run may be stopped, or shared out among processes by
 * seeds, and a last run adds up. No world is begun after so many minutes.
 */
public final class FuzzCommand {
    private FuzzCommand() {}

    /**
     * What to run.
     *
     * @param kept where done worlds are kept
     */
    record Plan(long first, int seeds, int queries, int worlds, Duration most, Optional<Path> kept) {}

    public static void main(String[] arguments) {
        CommandEnd.after(() -> {
            Plan plan = new Plan(
                    argument(arguments, 0, 1),
                    (int) argument(arguments, 1, 10),
                    (int) argument(arguments, 2, 2000),
                    (int) argument(arguments, 3, 10),
                    Duration.ofMinutes(argument(arguments, 4, 24 * 60)),
                    arguments.length > 5 ? Optional.of(Path.of(arguments[5])) : Optional.empty());
            return run(plan, System.out).differences.size();
        });
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }

    static FuzzReport run(Plan plan, PrintStream out) throws SQLException, IOException {
        FuzzReport all = new FuzzReport();
        Instant start = Instant.now();
        for (long seed = plan.first(); seed < plan.first() + plan.seeds(); seed++) {
            // What is steered by is the seed's own, so that a seed asks the same whatever ran before it.
            FuzzReport report = new FuzzReport();
            for (int world = 0; world < plan.worlds(); world++) {
                long worldSeed = seed * 1000 + world;
                Optional<Path> file = plan.kept().map(folder -> folder.resolve("world-" + worldSeed + ".txt"));
                Optional<FuzzReport> known = file.isPresent() ? FuzzReport.read(file.get()) : Optional.empty();
                if (known.isPresent()) {
                    report.add(known.get());
                } else if (Duration.between(start, Instant.now()).compareTo(plan.most()) < 0) {
                    FuzzReport one = new FuzzReport();
                    one.ledger.steeredBy(report.ledger);
                    try (FuzzRun run = FuzzRun.start(worldSeed, one.ledger, Fault.NONE)) {
                        run.queries(plan.queries() / plan.worlds(), worldSeed, Depth.IN_TURN, one, out::println);
                    }
                    if (file.isPresent()) {
                        one.write(file.get());
                    }
                    report.add(one);
                    out.println("world " + worldSeed + ": " + one.head() + ", "
                            + Duration.between(start, Instant.now()).toSeconds() + " s");
                }
            }
            all.add(report);
            out.println("seed " + seed + ": " + report.head() + "; so far " + all.head());
        }
        out.println(all);
        return all;
    }
}
