package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.BenchmarkServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Prints, as the table of docs/measurements.md, how long each TPC-H query takes through the remote driver once its plan is
 * known, and how long PostgreSQL takes with all tables. Only with {@code -Pfull}.
 */
@ExtendWith(SharedTpch.class)
@EnabledIfSystemProperty(named = "calque.full", matches = "true")
class TpchTimesIT {
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 3;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void timesEveryQuery(TpchInstallation tpch) throws SQLException {
        System.out.println("times: | query | PostgreSQL alone | mixed, on | mixed, off | hard, on | hard, off |");
        System.out.println("times: |---|---|---|---|---|---|");
        double[] sums = new double[5];
        for (TpchQuery query : TpchQuery.all(tpch.scaleFactor())) {
            List<Double> millis = new ArrayList<>();
            TpchAnswer right = tpch.reference().answer(query.number());
            try (Connection connection = tpch.reference().database().connect()) {
                millis.add(time(connection, query, right));
            }
            for (TpchSplit split : TpchSplit.values()) {
                millis.add(time(tpch.server(split), "on", query, right));
                millis.add(time(tpch.server(split), "off", query, right));
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += millis.get(i);
            }
            print("Q" + query.number(), millis);
        }
        print("sum", List.of(sums[0], sums[1], sums[2], sums[3], sums[4]));
    }

    private static void print(String name, List<Double> millis) {
        StringBuilder line = new StringBuilder("times: | ").append(name);
        millis.forEach(value -> line.append(" | ").append(Math.round(value)));
        System.out.println(line.append(" |"));
    }

    private static double time(BenchmarkServer server, String pushdown, TpchQuery query, TpchAnswer right)
            throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set pushdown to " + pushdown);
            return time(connection, query, right);
        }
    }

    /** The middle one of three runs, in milliseconds, after two whose answers are checked. */
    private static double time(Connection connection, TpchQuery query, TpchAnswer right) throws SQLException {
        double[] millis = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query.sql())) {
                TpchAnswer given = TpchAnswer.read(query, rows);
                if (round < 0) {
                    assertThat(right.difference(given)).isEmpty();
                } else {
                    millis[round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }
}
