package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.PostgresServer;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpchReferenceTest {
    private static PostgresServer postgres;
    private static TpchReference reference;

    @BeforeAll
    static void load() {
        postgres = PostgresServer.start();
        reference = TpchReference.load(0.01, postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4", "2, 4", "3, 10", "4, 5", "5, 5", "6, 1", "7, 4", "8, 2", "9, 173", "10, 20", "11, 1",
        "12, 2", "13, 33", "14, 1", "15, 1", "16, 296", "17, 1", "18, 2", "19, 1", "20, 1", "21, 1", "22, 7"
    })
    void answersEveryQuery(int query, int rows) {
        assertThat(reference.answer(query).rows()).hasSize(rows);
    }

    /** The figures that other engines publish for this scale factor. */
    @Test
    void agreesWithPublishedAnswers() {
        assertThat(reference.answer(1).rows().get(0))
                .startsWith(
                        "A",
                        "F",
                        new BigDecimal("380456.00"),
                        new BigDecimal("532348211.65"),
                        new BigDecimal("505822441.4861"),
                        new BigDecimal("526165934.000839"))
                .endsWith(new BigDecimal("14876"));
        assertThat(reference.answer(6).rows()).containsExactly(List.of(new BigDecimal("1193053.2253")));
    }

    @Test
    void givesTheSameAnswerAgain() {
        assertThat(reference.answer(3).difference(reference.answer(3))).isEmpty();
    }
}
