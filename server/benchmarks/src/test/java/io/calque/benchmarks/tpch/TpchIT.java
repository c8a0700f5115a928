package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 22 queries of TPC-H at scale factor 0.01, through the remote driver, give the rows that PostgreSQL alone gives over
 * all eight tables: over both splits, with pushdown on and off.
 */
@ExtendWith(SharedTpch.class)
class TpchIT {
    private static final Map<Integer, TpchAnswer> expected = new ConcurrentHashMap<>();
    private static TpchInstallation tpch;

    @BeforeAll
    static void start(TpchInstallation shared) {
        tpch = shared;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.calque.benchmarks.tpch.TpchRun#all")
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void answersAsPostgresDoes(TpchRun run) throws SQLException {
        TpchAnswer right = expected.computeIfAbsent(run.query(), tpch.reference()::answer);
        assertThat(right.difference(tpch.ask(run.query(), run.split(), run.pushdown())))
                .isEmpty();
    }
}
