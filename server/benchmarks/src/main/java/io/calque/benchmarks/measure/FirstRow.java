package io.calque.benchmarks.measure;

import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One way to ask for many rows, until the first is there. */
@FunctionalInterface
public interface FirstRow {
    /** Asks, and waits for a row; the others are read, too, so that nothing is given up, but not timed. */
    long nanos() throws SQLException;

    static FirstRow jdbc(Connection connection, String sql, int fetchSize) {
        return () -> {
            long started = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(fetchSize);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    boolean more = rows.next();
                    long first = System.nanoTime() - started;
                    while (more) {
                        more = rows.next();
                    }
                    return first;
                }
            }
        };
    }

    static FirstRow engine(Session session, String sql) {
        return () -> {
            long started = System.nanoTime();
            try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
                boolean more = run.next().isPresent();
                long first = System.nanoTime() - started;
                while (more) {
                    more = run.next().isPresent();
                }
                return first;
            }
        };
    }

    /** In turns, so that all suffer alike from what else the machine does. */
    static List<Timing> inTurns(List<FirstRow> ways, int warmUps, int timed) throws SQLException {
        double[][] millis = new double[ways.size()][timed];
        for (int round = -warmUps; round < timed; round++) {
            for (int i = 0; i < ways.size(); i++) {
                long nanos = ways.get(i).nanos();
                if (round >= 0) {
                    millis[i][round] = nanos / 1e6;
                }
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (double[] one : millis) {
            timings.add(Timing.of(one));
        }
        return timings;
    }
}
