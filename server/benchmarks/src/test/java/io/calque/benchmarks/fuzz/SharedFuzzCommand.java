package io.calque.benchmarks.fuzz;

import io.calque.engine.Session;
import io.calque.spi.QueryException;
import io.calque.testkit.fuzz.FuzzWorld;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.RandomQueries;
import io.calque.testkit.fuzz.RandomWorlds;
import io.calque.testkit.fuzz.Spelling;
import io.calque.testkit.fuzz.WorldDatabases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code SharedFuzzCommand [first seed] [seeds] [queries a seed]}: random queries as views that are read twice, with what is read twice fetched
 * once and apart. Prints differences; its exit code is 1 when there was one.
 */
public final class SharedFuzzCommand {
    private static final List<String> READINGS = List.of(
            "SELECT * FROM v UNION ALL SELECT * FROM v",
            "SELECT a.* FROM v a JOIN v b ON a.c1 = b.c1",
            "SELECT a.* FROM v a LEFT JOIN (SELECT c1, COUNT(*) AS n FROM v GROUP BY c1) b ON a.c1 = b.c1 WHERE b.n < 3 OR b.n IS NULL",
            "SELECT COUNT(*), MIN(c1) FROM v WHERE c1 IN (SELECT c1 FROM v WHERE c1 IS NOT NULL)",
            "SELECT a.* FROM v a WHERE a.c1 = (SELECT MAX(c1) FROM v)",
            "SELECT COUNT(*) FROM v a, v b WHERE a.c1 <= b.c1");

    private SharedFuzzCommand() {}

    public static void main(String[] arguments) {
        CommandEnd.after(() -> {
            long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
            int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
            int queries = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
            int found = 0;
            for (long seed = first; seed < first + seeds; seed++) {
                found += run(seed, queries);
            }
            return found;
        });
    }

    private static int run(long seed, int queries) throws SQLException {
        FuzzWorld world = RandomWorlds.of(seed);
        int answered = 0;
        int shared = 0;
        int different = 0;
        try (WorldDatabases databases = WorldDatabases.load(world);
                FuzzEngine engine = new FuzzEngine(databases.sources(), new FragmentLedger(), Fault.NONE);
                Session once = engine.session("on");
                Session apart = engine.session("on")) {
            apart.set("shared_fetches", "off");
            RandomQueries random = new RandomQueries(world, seed);
            for (int i = 0; i < queries; i++) {
                Query query = random.next();
                Query whole = query.tail().limit() < 0 && query.tail().offset() == 0
                        ? query
                        : query.withTail(Query.Tail.NONE);
                Spelling.Text text = Spelling.of(whole, Spelling.Reader.CALQUE);
                String columns = IntStream.rangeClosed(1, query.families().size())
                        .mapToObj(c -> "c" + c)
                        .collect(Collectors.joining(", "));
                String sql = "WITH v (" + columns + ") AS (" + text.sql() + ") " + READINGS.get(i % READINGS.size());
                Outcome one = ask(once, sql, text.parameters());
                Outcome other = ask(apart, sql, text.parameters());
                answered += one instanceof Outcome.Rows ? 1 : 0;
                shared += isShared(once, sql, text.parameters()) ? 1 : 0;
                boolean internal = one instanceof Outcome.Failed failed && failed.isInternal();
                Optional<String> difference = Comparison.difference(other, one, query.withTail(Query.Tail.NONE));
                if (difference.isPresent() || internal) {
                    different++;
                    System.out.println("seed " + seed + ": " + difference.orElse("internal") + "\n  " + sql + "\n  "
                            + text.parameters() + "\n  " + shortened(one) + "\n  " + shortened(other));
                }
            }
        }
        System.out.println("seed " + seed + ": " + queries + " queries, " + answered + " answered, " + shared
                + " with shared rows, " + different + " different");
        return different;
    }

    private static String shortened(Outcome outcome) {
        String text = outcome.toString();
        return text.substring(0, Math.min(400, text.length()));
    }

    private static boolean isShared(Session session, String sql, List<Object> parameters) {
        return ask(session, "EXPLAIN " + sql, parameters) instanceof Outcome.Rows plan
                && plan.rows().toString().contains("SharedRows");
    }

    private static Outcome ask(Session session, String sql, List<Object> parameters) {
        try {
            return Outcome.of(session.prepare(sql), new ArrayList<>(parameters));
        } catch (QueryException e) {
            return Outcome.failed(e);
        }
    }
}
