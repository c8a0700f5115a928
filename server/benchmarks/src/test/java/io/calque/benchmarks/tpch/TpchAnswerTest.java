package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TpchAnswerTest {
    private static final TpchQuery SORTED_BY_REVENUE = TpchQuery.of(5, 1);
    private static final TpchQuery QUOTIENT = TpchQuery.of(14, 1);

    @Test
    void ignoresTheScaleOfAnExactNumberOnly() {
        TpchAnswer right = answer(SORTED_BY_REVENUE, row("A", "1.50"));
        assertThat(right.difference(answer(SORTED_BY_REVENUE, row("A", "1.5")))).isEmpty();
        assertThat(right.difference(answer(SORTED_BY_REVENUE, row("A", "1.51"))))
                .hasValue("Q5, row 1: expected [A, 1.50], got [A, 1.51]");
    }

    @Test
    void comparesAQuotientAtTheSmallerScale() {
        TpchAnswer right = answer(QUOTIENT, List.of(new BigDecimal("16.283855689005982")));
        assertThat(right.difference(answer(QUOTIENT, List.of(new BigDecimal("16.2838556890")))))
                .isEmpty();
        assertThat(right.difference(answer(QUOTIENT, List.of(new BigDecimal("16.2838556891")))))
                .isPresent();
        assertThat(right.difference(answer(QUOTIENT, List.of(new BigDecimal("16.28")))))
                .isPresent();
    }

    @Test
    void letsOnlyRowsOfOneSortKeyChangePlaces() {
        TpchAnswer right = answer(SORTED_BY_REVENUE, row("A", "2.0"), row("B", "1.0"), row("C", "1.0"));
        assertThat(right.difference(answer(SORTED_BY_REVENUE, row("A", "2"), row("C", "1"), row("B", "1.00"))))
                .isEmpty();
        assertThat(right.difference(answer(SORTED_BY_REVENUE, row("B", "1.0"), row("C", "1.0"), row("A", "2.0"))))
                .isPresent();
        assertThat(right.difference(answer(SORTED_BY_REVENUE, row("A", "2.0")))).hasValue("Q5: expected 3 rows, got 1");
    }

    private static List<Object> row(String name, String revenue) {
        return List.of(name, new BigDecimal(revenue));
    }

    @SafeVarargs
    private static TpchAnswer answer(TpchQuery query, List<Object>... rows) {
        return new TpchAnswer(query, List.of(rows));
    }
}
