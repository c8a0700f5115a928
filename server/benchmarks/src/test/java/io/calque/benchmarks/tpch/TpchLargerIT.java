package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link TpchIT} at scale factor 0.1: 600,000 line items. Only with {@code -Pfull}. */
@EnabledIfSystemProperty(named = "calque.full", matches = "true")
class TpchLargerIT {
    private static final double SCALE_FACTOR = 0.1;

    private static final Map<Integer, TpchAnswer> expected = new ConcurrentHashMap<>();
    private static TpchInstallation tpch;

    @BeforeAll
    static void start() {
        tpch = TpchInstallation.start(SCALE_FACTOR);
    }

    @AfterAll
    static void stop() {
        tpch.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.calque.benchmarks.tpch.TpchRun#all")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void answersAsPostgresDoes(TpchRun run) throws SQLException {
        TpchAnswer right = expected.computeIfAbsent(run.query(), tpch.reference()::answer);
        assertThat(right.difference(tpch.ask(run.query(), run.split(), run.pushdown())))
                .isEmpty();
    }
}
