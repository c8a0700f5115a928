package io.calque.benchmarks.tpch;

import io.calque.benchmarks.BenchmarkServer;
import io.calque.engine.EngineConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
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

    /** Q5 was once expected to pair customers with suppliers of their nation: 120 million rows. */
    @ParameterizedTest
    @EnumSource(TpchSplit.class)
    void makesNoMoreRowsThanTheLargestTableHas(TpchSplit split) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (BenchmarkServer server = larger(split)) {
            for (TpchQuery query : TpchQuery.all(1)) {
                List<String> lines = explain(server, query.number());
                if (System.getProperty("plans") != null) {
                    System.out.println("# " + split + " Q" + query.number());
                    lines.forEach(System.out::println);
                }
                for (String line : lines) {
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

    private static BenchmarkServer larger(TpchSplit split) {
        return BenchmarkServer.start(
                tpch.world(split).sources(), EngineConfig.defaults(), source -> new LargerSource(source, TIMES));
    }

    private static List<String> explain(BenchmarkServer server, int query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            String search = System.getProperty("search");
            if (search != null) {
                statement.execute("set join_search to " + search);
            }
            try (ResultSet rows =
                    statement.executeQuery("EXPLAIN " + TpchQuery.of(query, 1).sql())) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return lines;
    }
}
