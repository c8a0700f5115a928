package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.mongodb.MongoFixture;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AggregatesIT {
    private final MongoFixture mongo = new MongoFixture();

    @AfterEach
    void stop() {
        mongo.close();
    }

    private List<List<Object>> run(Source source, String sql) {
        TableDescriptor table = MongoFixture.table(source, "t");
        RelNode fragment = Fragments.of(sql, table);
        assertThat(source.capabilities().operator(fragment).allowed()).as(sql).isTrue();
        NativeQuery query = source.compiler().compile(fragment);
        return MongoFixture.rows(source, query);
    }

    @Test
    void sumsIntegersBeyondTheirTypes() {
        mongo.insert(
                "t",
                "{_id: 1, i: 2147483647, l: {$numberLong: '9223372036854775807'}}",
                "{_id: 2, i: 2147483647, l: {$numberLong: '9223372036854775807'}}",
                "{_id: 3, i: 2147483647, l: {$numberLong: '1'}}",
                "{_id: 4}");
        try (Source source = mongo.source()) {
            assertThat(run(source, "SELECT SUM(i), SUM(l), COUNT(i), COUNT(*) FROM t"))
                    .containsExactly(List.of(6442450941L, new BigDecimal("18446744073709551615"), 3L, 4L));
        }
    }

    @Test
    void givesOneRowOverNothingAndNullForSumsOfNulls() {
        mongo.insert(
                "t", "{_id: 1, g: 1, i: 5, d: {$numberDecimal: '1.5'}}", "{_id: 2, g: 2, i: null}", "{_id: 3, g: 2}");
        try (Source source = mongo.source()) {
            assertThat(run(source, "SELECT SUM(i), COUNT(i), COUNT(*), MAX(d), SUM(d), MIN(i) FROM t WHERE _id > 99"))
                    .containsExactly(Arrays.asList(null, 0L, 0L, null, null, null));
            assertThat(run(source, "SELECT SUM(i), COUNT(i), COUNT(*), MAX(d), SUM(d), MIN(i) FROM t WHERE g = 2"))
                    .containsExactly(Arrays.asList(null, 0L, 2L, null, null, null));
            assertThat(run(source, "SELECT g, SUM(i), COUNT(i), SUM(d) FROM t GROUP BY g"))
                    .containsExactlyInAnyOrder(
                            List.of(1L, 5L, 1L, new BigDecimal("1.5")), Arrays.asList(2L, null, 0L, null));
        }
    }

    @Test
    void groupsMissingWithNullAndNumbersByValue() {
        mongo.insert(
                "t",
                "{_id: 1, k: 5}",
                "{_id: 2, k: {$numberLong: '5'}}",
                "{_id: 3, k: {$numberDecimal: '5.0'}}",
                "{_id: 4, k: {$numberDecimal: '5.00'}}",
                "{_id: 5, k: null}",
                "{_id: 6}");
        try (Source source = mongo.source()) {
            assertThat(run(source, "SELECT k, COUNT(*) FROM t GROUP BY k"))
                    .containsExactlyInAnyOrder(List.of(new BigDecimal("5.00"), 4L), Arrays.asList(null, 2L));
        }
    }

    @Test
    void countsDistinctValuesAndFindsExtremesBesideNaN() {
        mongo.insert(
                "t",
                "{_id: 1, g: 1, a: 5, x: 1.5}",
                "{_id: 2, g: 1, a: {$numberLong: '5'}, x: {$numberDouble: 'NaN'}}",
                "{_id: 3, g: 1, a: null, x: -2}",
                "{_id: 4, g: 2, x: {$numberDouble: 'NaN'}}",
                "{_id: 5, g: 2, a: 7}",
                "{_id: 6, g: 3}");
        try (Source source = mongo.source()) {
            assertThat(run(source, "SELECT COUNT(DISTINCT a), MAX(a) FROM t")).containsExactly(List.of(2L, 7L));
            assertThat(run(source, "SELECT COUNT(DISTINCT a) FROM t WHERE _id > 9"))
                    .containsExactly(List.of(0L));
            assertThat(run(source, "SELECT g, COUNT(DISTINCT a) FROM t GROUP BY g"))
                    .containsExactlyInAnyOrder(List.of(1L, 1L), List.of(2L, 1L), List.of(3L, 0L));
            assertThat(run(source, "SELECT g, MIN(x), MAX(x) FROM t GROUP BY g"))
                    .containsExactlyInAnyOrder(
                            List.of(1L, -2.0, Double.NaN),
                            List.of(2L, Double.NaN, Double.NaN),
                            Arrays.asList(3L, null, null));
            assertThat(run(source, "SELECT _id, x FROM t ORDER BY x DESC, _id"))
                    .extracting(row -> row.get(0))
                    .containsExactly(5L, 6L, 2L, 4L, 1L, 3L);
        }
    }

    @Test
    void countsDifferentValuesOfSeveralColumnsBesideOtherAggregates() {
        mongo.insert(
                "t",
                "{_id: 1, g: 1, a: 5, b: 'x', d: {$numberDecimal: '1.5'}}",
                "{_id: 2, g: 1, a: {$numberLong: '5'}, b: 'x', d: {$numberDecimal: '1.50'}}",
                "{_id: 3, g: 1, a: null, b: 'y', d: {$numberDecimal: '2'}}",
                "{_id: 4, a: 5}",
                "{_id: 5, g: null, a: 7, b: 'z', d: null}");
        try (Source source = mongo.source()) {
            String sql = "COUNT(DISTINCT a), COUNT(DISTINCT b), COUNT(*), SUM(d), MAX(a), SUM(DISTINCT d) FROM t";
            assertThat(run(source, "SELECT g, " + sql + " GROUP BY g"))
                    .containsExactlyInAnyOrder(
                            List.of(1L, 1L, 2L, 3L, new BigDecimal("5.00"), 5L, new BigDecimal("3.50")),
                            Arrays.asList(null, 2L, 1L, 2L, null, 7L, null));
            assertThat(run(source, "SELECT " + sql))
                    .containsExactly(List.of(2L, 3L, 5L, new BigDecimal("5.00"), 7L, new BigDecimal("3.50")));
            assertThat(run(source, "SELECT " + sql + " WHERE _id > 9"))
                    .containsExactly(Arrays.asList(0L, 0L, 0L, null, null, null));
            assertThat(run(
                            source,
                            "SELECT COUNT(DISTINCT a) FILTER (WHERE g = 1), SUM(DISTINCT a), COUNT(DISTINCT a) FROM t"))
                    .containsExactly(List.of(1L, new BigDecimal("12"), 2L));
        }
    }

    @Test
    void groupsSetBySet() {
        mongo.insert("t", "{_id: 1, g: 1, h: 'x', n: 1}", "{_id: 2, g: 1, n: 2}", "{_id: 3, h: null, n: 4}");
        try (Source source = mongo.source()) {
            String rollup = "SELECT g, h, SUM(n), COUNT(*), GROUPING(g, h) FROM t ";
            assertThat(run(source, rollup + "GROUP BY ROLLUP (g, h)"))
                    .containsExactlyInAnyOrder(
                            List.of(1L, "x", 1L, 1L, 0L),
                            Arrays.asList(1L, null, 2L, 1L, 0L),
                            Arrays.asList(null, null, 4L, 1L, 0L),
                            Arrays.asList(1L, null, 3L, 2L, 1L),
                            Arrays.asList(null, null, 4L, 1L, 1L),
                            Arrays.asList(null, null, 7L, 3L, 3L));
            assertThat(run(source, rollup + "WHERE n > 9 GROUP BY ROLLUP (g, h)"))
                    .containsExactly(Arrays.asList(null, null, null, 0L, 3L));
            assertThat(run(source, "SELECT h, MAX(n) FROM t WHERE n > 9 GROUP BY GROUPING SETS ((h), (g))"))
                    .isEmpty();
            assertThat(run(source, "SELECT MOD(n, 2), COUNT(*) FROM t GROUP BY CUBE (MOD(n, 2))"))
                    .containsExactlyInAnyOrder(List.of(1L, 1L), List.of(0L, 2L), Arrays.asList(null, 3L));
        }
    }

    @Test
    void failsRatherThanSumInexactly() {
        mongo.insert(
                "t",
                "{_id: 1, d: {$numberDecimal: '4999999999999999999999999999999999'}}",
                "{_id: 2, d: {$numberDecimal: '1'}}");
        try (Source source = mongo.source()) {
            assertThatThrownBy(() -> run(source, "SELECT SUM(d) FROM t"))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            // The embedded server cannot add NaN; MongoDB gives NaN, which the cursor refuses.
                            e -> assertThat(e.code())
                                    .isIn(ErrorCode.NUMERIC_OUT_OF_RANGE, ErrorCode.SOURCE_READ_FAILED));
        }
    }
}
