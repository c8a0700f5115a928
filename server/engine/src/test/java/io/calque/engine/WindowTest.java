package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.engine.FakeSource.Behaviour;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows that are computed here mean what docs/semantics.md says, like everything else. */
@Timeout(60)
class WindowTest {
    private static List<List<Object>> rows(String sql) {
        FakeSource source = new FakeSource("a", 1, 5, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            return fixture.rows(sql);
        }
    }

    @Test
    void sumsOfBigintAreDecimal() {
        assertThat(rows(
                        "select sum(cast(id as bigint) + 9223372036854775800) over (order by id rows between 1 preceding"
                                + " and current row) as n from t order by id limit 2"))
                .containsExactly(
                        List.of(new BigDecimal("9223372036854775800")),
                        List.of(new BigDecimal("18446744073709551601")));
        assertThat(rows("select avg(cast(id as bigint)) over () as n from t limit 1"))
                .containsExactly(List.of(new BigDecimal("2.0000000000000000")));
    }

    @Test
    void ordersTextByCodePoint() {
        assertThat(rows("select x, row_number() over (order by x) as n, max(x) over () as m"
                        + " from (values ('\uD83D\uDE00'), ('\uFF21')) v (x) order by n"))
                .containsExactly(List.of("\uFF21", 1L, "\uD83D\uDE00"), List.of("\uD83D\uDE00", 2L, "\uD83D\uDE00"));
    }

    @Test
    void deviationsKeepTheirDigits() {
        assertThat(
                        rows(
                                "select var_pop(x) over () as v from (values (1000000000.1e0), (1000000000.1e0)) v (x) limit 1"))
                .containsExactly(List.of(0.0));
    }

    @Test
    void boundsAndDirectionsStay() {
        assertThat(rows(
                        "select id, first_value(id) over (order by id desc rows between 2 preceding and current row) as f,"
                                + " lag(id, 2, -1) over (order by id) as g from t order by id"))
                .containsExactly(
                        List.of(0L, 2L, -1L),
                        List.of(1L, 3L, -1L),
                        List.of(2L, 4L, 0L),
                        List.of(3L, 4L, 1L),
                        List.of(4L, 4L, 2L));
    }
}
