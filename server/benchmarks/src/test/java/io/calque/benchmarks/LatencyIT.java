package io.calque.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.SharedTpch;
import io.calque.benchmarks.tpch.TpchInstallation;
import io.calque.benchmarks.tpch.TpchSplit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long a person or a tool waits for a small answer through the remote driver, once the statement is known. Prints
 * figures; fails only when the answer is wrong, or so slow that something must be broken.
 */
@Timeout(120)
@ExtendWith(SharedTpch.class)
class LatencyIT {
    private static final int WARM_UPS = 40;
    private static final int ROUNDS = 60;
    private static final double MOST_MILLIS = 2000;

    private static BenchmarkServer server;

    @BeforeAll
    static void start(TpchInstallation tpch) {
        server = tpch.server(TpchSplit.MIXED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1                 | 1  | select 1",
                "key lookup, PostgreSQL   | 1  | select o_totalprice from orders where o_orderkey = 7",
                "key lookup, MongoDB      | 1  | select p_name from part where p_partkey = 7",
                "key lookup, SQLite       | 1  | select n_name from nation where n_nationkey = 7",
                "ten-row join, two sources| 10 |"
                        + " select c_name, n_name from customer join nation on c_nationkey = n_nationkey where c_custkey <= 10",
            })
    void answersAtOnce(String name, int expected, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            double[] millis = new double[ROUNDS];
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                long start = System.nanoTime();
                assertThat(rows(statement, sql)).isEqualTo(expected);
                if (round >= 0) {
                    millis[round] = (System.nanoTime() - start) / 1e6;
                }
            }
            double median = Timing.of(millis).median();
            System.out.printf(
                    "latency: %-26s median %.1f ms, 90th percentile %.1f ms%n",
                    name, median, Timing.of(millis).high());
            assertThat(median).isLessThan(MOST_MILLIS);
        }
    }

    private static int rows(Statement statement, String sql) throws SQLException {
        try (ResultSet results = statement.executeQuery(sql)) {
            int rows = 0;
            while (results.next()) {
                rows++;
            }
            return rows;
        }
    }
}
