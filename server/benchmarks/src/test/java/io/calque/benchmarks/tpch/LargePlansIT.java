package io.calque.benchmarks.tpch;

import io.calque.benchmarks.BenchmarkServer;
import io.calque.engine.EngineConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans as they are at scale factor 1, by figures of that size over the data of 0.01. */
@ExtendWith(SharedTpch.class)
class LargePlansIT {
    private static final double TIMES = 100;
    private static final Pattern ESTIMATE = Pattern.compile("\\(about (\\d+) rows\\)");

    /** Lineitem's, and a few more. */
    private static final long MOST_ROWS = 7_000_000;

    private static TpchInstallation tpch;

    @BeforeAll
    static void start(TpchInstallation shared) {
        tpch = shared;
    }

    @ParameterizedTest
    @EnumSource(TpchSplit.class)
    void makesNoMoreRowsThanTheLargestTableHas(TpchSplit split) throws SQLException {
        assertThatNoJoinMultiplies(split, Set.of());
    }

    /** Q5 paired customers with suppliers of their nation, 120 million: of SQLite's customers only the number was known. */
    @Test
    void makesNoMoreRowsWhereATableWasNotMeasured() throws SQLException {
        assertThatNoJoinMultiplies(TpchSplit.HARD, Set.of("customer", "part", "partsupp"));
    }

    private static void assertThatNoJoinMultiplies(TpchSplit split, Set<String> unmeasured) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (BenchmarkServer server = BenchmarkServer.start(
                tpch.world(split).sources(),
                EngineConfig.defaults(),
                source -> new LargerSource(source, TIMES, unmeasured))) {
            for (TpchQuery query : TpchQuery.all(1)) {
                for (String line : explain(server, query)) {
                    Matcher estimate = ESTIMATE.matcher(line);
                    if (estimate.find()) {
                        softly.assertThat(Long.parseLong(estimate.group(1)))
                                .as("Q%d, %s: %s", query.number(), split, line)
                                .isLessThan(MOST_ROWS);
                    }
                }
            }
        }
        softly.assertAll();
    }

    private static List<String> explain(BenchmarkServer server, TpchQuery query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN " + query.sql())) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
