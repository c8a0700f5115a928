package io.calque.engine.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.engine.prepare.StatementShape.Constant;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementShapeTest {
    @Test
    void putsQuestionMarksForComparedConstants() {
        StatementShape shape = StatementShape.of(
                        "select a, 1 from t where (t.\"b c\" = 7 or b <> -0.50) and c >= 'it''s' /* d = 9 */ order by 1 limit 5")
                .orElseThrow();
        assertThat(shape.sql())
                .isEqualTo(
                        "select a, 1 from t where (t.\"b c\" = ? or b <> ?) and c >= ? /* d = 9 */ order by 1 limit 5");
        assertThat(shape.constants())
                .containsExactly(
                        new Constant(new BigDecimal("7"), true),
                        new Constant(new BigDecimal("-0.50"), false),
                        new Constant("it's", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t",
                "select a = 5 from t",
                "select a from t where a = 5 + 1",
                "select a from t where a + 1 = 5",
                "select a from t where upper(a) = 'A'",
                "select a from t where a = date '2024-01-01'",
                "select a from t where a = N'x'",
                "select a from t where a = U&'x'",
                "select a from t where a = 'x'::date",
                "select a from t where a = 'x' || 'y'",
                "select a from t where a in (1, 2)",
                "select a from t where a between 1 and 2",
                "select a from t where a like 'x%'",
                "select a from t where a = 1e3",
                "select a from t where a = 12345678901234567890",
                "select a from t where a = ? and b = 5",
                "select a from table(nl('b = 5')) where b = 5",
                "select a from t group by a, 'b = 5'",
                "select a from t where a = 'open",
                "select case when a = 5 then 1 end from t",
            })
    void leavesAllElseAsItIs(String sql) {
        assertThat(StatementShape.of(sql)).isEmpty();
    }

    @Test
    void knowsWhetherAConstantIsAValueOfAType() {
        assertThat(fit("7")).isEqualTo(List.of(true, true, true, true));
        assertThat(fit("40000")).isEqualTo(List.of(false, true, true, false));
        assertThat(fit("7.5")).isEqualTo(List.of(false, false, false, true));
        assertThat(fit("7.555")).isEqualTo(List.of(false, false, false, false));
        assertThat(new Constant("x", true).is(DataType.VARCHAR)).isTrue();
        assertThat(new Constant("2024-01-01", true).is(DataType.DATE)).isFalse();
        assertThat(new Constant(BigDecimal.ONE, true).is(DataType.DOUBLE)).isFalse();
    }

    private static List<Boolean> fit(String number) {
        Constant constant = new Constant(new BigDecimal(number), true);
        return List.of(
                constant.is(DataType.SMALLINT),
                constant.is(DataType.INTEGER),
                constant.is(DataType.BIGINT),
                constant.is(DataType.decimal(5, 2)));
    }
}
