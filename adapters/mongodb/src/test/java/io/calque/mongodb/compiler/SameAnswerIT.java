package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoFixture;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs queries through MongoDB and through Calcite's interpreter over the same rows: the answers must be the same. The rows hold
 * nulls, missing fields, extremes, duplicates, and text with line breaks, blanks, patterns and code points beyond the basic plane.
 */
class SameAnswerIT {
    private static MongoFixture mongo;
    private static Source source;
    private static TableDescriptor[] tables;
    /** The same without evidence of their size, so that arrays are unwound by the server and not here. */
    private static TableDescriptor[] shapes;

    private static final Map<String, List<List<Object>>> ROWS = new HashMap<>();

    @BeforeAll
    static void start() {
        mongo = new MongoFixture();
        mongo.insert(
                "t",
                """
                {_id: 1, a: 5, l: {$numberLong: '9223372036854775807'}, x: 1.5, d: {$numberDecimal: '10.00'}, b: true, s: 'abc',
                 day: {$date: '1995-03-15T00:00:00Z'}, ts: {$date: '1995-03-15T12:34:56.789Z'}, n: {p: 1, q: 'x'},
                 o: {$oid: '5f0000000000000000000001'}, items: [{k: 1, v: {$numberDecimal: '1.10'}, s: 'abc', x: 1.5, o: {$oid: '5f0000000000000000000001'}}, {k: 2, v: null}, {k: null}]}""",
                """
                {_id: 2, a: null, l: null, x: null, d: null, b: null, s: null, day: null, ts: null, n: null, o: null, items: []}""",
                "{_id: 3}",
                """
                {_id: 4, a: -5, l: {$numberLong: '-9223372036854775808'}, x: -0.5, d: {$numberDecimal: '-3.25'}, b: false, s: '',
                 day: {$date: '1960-02-29T00:00:00Z'}, ts: {$date: '1969-12-31T23:59:59.999Z'}, n: {p: null}, o: {$oid: '5f0000000000000000000002'},
                 items: [{k: 1, v: {$numberDecimal: '2'}, s: 'a\\nc', x: {$numberDouble: '-0.0'}, day: {$date: '1995-03-15T00:00:00Z'}, b: true}]}""",
                """
                {_id: 5, a: 2147483647, l: {$numberLong: '0'}, x: 1e300, d: {$numberDecimal: '99999999999999999999.99'}, b: true,
                 s: 'a\\nc', day: {$date: '9999-12-31T00:00:00Z'}, ts: {$date: '2000-02-29T00:00:00Z'}, n: {p: 2, q: ''}}""",
                """
                {_id: 6, a: 5, l: {$numberLong: '1'}, x: 2, d: {$numberDecimal: '10'}, b: false, s: 'abc ', n: {p: 1, q: 'x'}, items: null}""",
                "{_id: 7, a: 0, x: 0, d: {$numberDecimal: '0.00'}, s: '\\uD83D\\uDE00', n: {}}",
                "{_id: 8, a: 2147483647, l: 3, d: {$numberDecimal: '-0.01'}, s: 'a%c_\\\\', n: {q: 'X'}}");
        source = mongo.source();
        tables = MongoFixture.observe(source).tables().toArray(TableDescriptor[]::new);
        shapes = Arrays.stream(tables).map(TableDescriptor::shape).toArray(TableDescriptor[]::new);
        for (TableDescriptor table : tables) {
            String name = table.name().table();
            ROWS.put(
                    name,
                    MongoFixture.rows(
                            source,
                            source.compiler()
                                    .compile(Fragments.over(tables).scan(name).build())));
        }
    }

    @AfterAll
    static void stop() {
        source.close();
        mongo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 5",
                "a <> 5",
                "a < 5",
                "a <= 5",
                "a > 0",
                "a >= 2147483647",
                "5 > a",
                "NOT (a < 5)",
                "NOT (a = 5)",
                "a = 5 OR a IS NULL",
                "a IS NULL",
                "a IS NOT NULL",
                "a IN (5, 0)",
                "a NOT IN (5, 0)",
                "a NOT IN (5, NULL)",
                "a <> 5 AND a <> 0",
                "a > -5 AND a < 5",
                "NOT (a > -5 AND b)",
                "a BETWEEN 0 AND 5",
                "a NOT BETWEEN 0 AND 5",
                "a = 5.0",
                "a < 5.5",
                "a > 1.5e0",
                "l = 9223372036854775807",
                "l < 0",
                "l > 1.5",
                "l = 3",
                "l <= 3.0",
                "x = 1.5e0",
                "x <> 2",
                "x < 1.5",
                "x >= 0",
                "x > 1e299",
                "d = 10",
                "d = 10.00",
                "d = 10.0000",
                "d < 0",
                "d > -0.011",
                "d <> 10",
                "d IN (10.0, -3.25)",
                "d > 1e2",
                "d >= 99999999999999999999.99",
                "b",
                "NOT b",
                "b IS TRUE",
                "b IS NOT TRUE",
                "b IS FALSE",
                "b IS NOT FALSE",
                "b IS NULL",
                "b = TRUE",
                "b <> TRUE",
                "(a = 5) IS TRUE",
                "(a = 5) IS NOT TRUE",
                "NOT ((a = 5) IS NOT FALSE)",
                "(a < 5) IS NULL",
                "s = 'abc'",
                "s = 'abc '",
                "s <> 'abc'",
                "s = ''",
                "s IS NULL",
                "s IN ('abc', '')",
                "s NOT IN ('abc', '')",
                "s LIKE 'a%'",
                "s NOT LIKE 'a%'",
                "s LIKE '%c'",
                "s LIKE '%'",
                "s LIKE '_b_'",
                "s LIKE 'abc'",
                "s LIKE '%b%'",
                "s LIKE ''",
                "s LIKE '%a$%c%' ESCAPE '$'",
                "s LIKE '%$_%' ESCAPE '$'",
                "NOT (s LIKE 'a%' OR a = 0)",
                "s LIKE 'a.c'",
                "s = '\uD83D\uDE00'",
                "\"day\" = DATE '1995-03-15'",
                "\"day\" < DATE '1970-01-01'",
                "\"day\" >= DATE '9999-12-31'",
                "\"day\" <> DATE '1995-03-15'",
                "\"day\" BETWEEN DATE '1900-01-01' AND DATE '2000-01-01'",
                "ts = TIMESTAMP '1995-03-15 12:34:56.789'",
                "ts < TIMESTAMP '1970-01-01 00:00:00'",
                "ts > TIMESTAMP '1995-03-15 12:34:56.788'",
                "\"n.p\" = 1",
                "\"n.p\" IS NULL",
                "\"n.p\" <> 1",
                "\"n.q\" = 'x'",
                "\"n.q\" IS NOT NULL",
                "\"n.p\" = 1 AND \"n.q\" = 'x'",
                "o = '5f0000000000000000000001'",
                "o <> '5f0000000000000000000001'",
                "o = '5F0000000000000000000001'",
                "o = 'no id'",
                "o <> 'no id'",
                "o IN ('5f0000000000000000000001', 'x')",
                "o NOT IN ('5f0000000000000000000001', 'x')",
                "o IS NULL",
                "a = l",
                "a < l",
                "a <> l",
                "NOT (a < l)",
                "a = _id",
                "a > _id OR b",
                "a = \"n.p\"",
                "\"day\" < ts",
                "TRUE",
                "FALSE",
                "a = NULL",
                "NOT (a = NULL)",
                "CASE WHEN a > 0 THEN b ELSE FALSE END",
                "CASE WHEN a = 5 THEN 1 WHEN a IS NULL THEN 2 END = 2",
                "EXTRACT(YEAR FROM ts) = 1995",
                "EXTRACT(MONTH FROM \"day\") IN (2, 3)",
                "EXTRACT(YEAR FROM \"day\") <> 1960",
                "COALESCE(a, 0) = 0",
                "COALESCE(s, 'none') = 'none'",
                "s || '!' = 'abc!'",
                "CAST(a AS BIGINT) = 5",
                "(a > 0) = b",
                "(a > 0) <> b",
                "a IS NOT DISTINCT FROM 5",
                "a IS DISTINCT FROM 5",
                "a IS NOT DISTINCT FROM l"
            })
    void filters(String condition) {
        assertSame("SELECT _id, a, s FROM t WHERE " + condition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT s, _id, s AS again FROM t",
                "SELECT \"n.p\", \"n.q\" FROM t",
                "SELECT 1, 'x', a FROM t",
                "SELECT '$a', a FROM t",
                "SELECT a > 0, NOT b, a IS NULL, a = l FROM t",
                "SELECT CASE WHEN a > 0 THEN s WHEN b THEN 'b' END FROM t",
                "SELECT COALESCE(a, 7) AS a, a AS b FROM t",
                "SELECT EXTRACT(YEAR FROM \"day\"), EXTRACT(DAY FROM ts), EXTRACT(HOUR FROM ts) FROM t",
                "SELECT s || '-' || \"n.q\" FROM t",
                "SELECT CAST(a AS BIGINT), CAST(a AS DOUBLE) FROM t",
                "SELECT \"day\", ts, d, x, l, b, o FROM t",
                "SELECT a FROM t ORDER BY a",
                "SELECT a FROM t ORDER BY a DESC",
                "SELECT a, _id FROM t ORDER BY a NULLS FIRST, _id DESC",
                "SELECT a, _id FROM t ORDER BY a DESC NULLS LAST, _id",
                "SELECT _id, d FROM t ORDER BY d, _id",
                "SELECT _id, x FROM t ORDER BY x DESC, _id",
                "SELECT _id, b, ts FROM t ORDER BY b, ts DESC, _id",
                "SELECT _id FROM t ORDER BY \"n.p\" DESC, _id LIMIT 3",
                "SELECT _id FROM t ORDER BY _id OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
                "SELECT _id FROM t ORDER BY _id LIMIT 0",
                "SELECT _id FROM t ORDER BY _id OFFSET 100 ROWS",
                "SELECT _id FROM t WHERE a > 0 ORDER BY COALESCE(a, 0), _id",
                "SELECT _id, o FROM t ORDER BY o, _id",
                "SELECT * FROM (SELECT _id, a FROM t ORDER BY _id LIMIT 4) WHERE a IS NULL",
                "SELECT * FROM \"t.items\"",
                "SELECT k, v FROM \"t.items\" WHERE t_id = 1",
                "SELECT pos, k FROM \"t.items\" WHERE pos >= 2 AND t_id <> 9",
                "SELECT t_id, pos FROM \"t.items\" WHERE k = 1 AND t_id < 3",
                "SELECT k FROM \"t.items\" ORDER BY k, t_id, pos LIMIT 3",
                "SELECT pos + 0 FROM \"t.items\" WHERE v IS NULL OR pos = 1"
            })
    void projectsAndSorts(String sql) {
        assertSame(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM t",
                "SELECT COUNT(*), COUNT(a), COUNT(s), COUNT(\"n.p\") FROM t",
                "SELECT a, COUNT(*) FROM t GROUP BY a",
                "SELECT DISTINCT a FROM t",
                "SELECT DISTINCT a, \"n.p\" FROM t",
                "SELECT d, COUNT(*) FROM t GROUP BY d",
                "SELECT s, COUNT(*) FROM t GROUP BY s",
                "SELECT \"n.q\", SUM(a), COUNT(a) FROM t GROUP BY \"n.q\"",
                "SELECT b, SUM(d), MIN(d), MAX(ts) FROM t GROUP BY b",
                "SELECT b, SUM(d) FROM t GROUP BY b HAVING SUM(d) > 0",
                "SELECT a, COUNT(*) AS n FROM t GROUP BY a HAVING COUNT(*) > 1 AND a > 0",
                "SELECT a, COUNT(*) AS n FROM t GROUP BY a ORDER BY a DESC LIMIT 2",
                "SELECT b, COUNT(*) FILTER (WHERE a > 0), SUM(a) FILTER (WHERE a > 0), COUNT(a) FILTER (WHERE s IS NULL) FROM t GROUP BY b",
                "SELECT COUNT(*) FILTER (WHERE a > 0), MIN(a) FILTER (WHERE a > 100), SUM(d) FILTER (WHERE a = 77) FROM t",
                "SELECT EXTRACT(YEAR FROM \"day\"), COUNT(*) FROM t GROUP BY EXTRACT(YEAR FROM \"day\")",
                "SELECT CASE WHEN a > 0 THEN 'pos' ELSE 'other' END, COUNT(*), MAX(a) FROM t GROUP BY CASE WHEN a > 0 THEN 'pos' ELSE 'other' END",
                "SELECT t_id, COUNT(*), SUM(v), MAX(pos) FROM \"t.items\" GROUP BY t_id",
                "SELECT k, COUNT(v), SUM(v) FROM \"t.items\" GROUP BY k",
                "SELECT COUNT(*), SUM(v) FROM \"t.items\" WHERE t_id = 1 AND k >= 1",
                "SELECT n, COUNT(*) FROM (SELECT a, COUNT(*) AS n FROM t GROUP BY a) GROUP BY n",
                "SELECT COUNT(*) FROM (SELECT * FROM t ORDER BY _id LIMIT 3)",
                "SELECT o, COUNT(*) FROM t GROUP BY o",
                "SELECT \"day\", SUM(a) FROM t GROUP BY \"day\"",
                "SELECT MAX(m) FROM (SELECT b, MIN(a) AS m FROM t GROUP BY b)",
                "SELECT a AS k, SUM(a) AS k2 FROM t WHERE a IS NOT NULL GROUP BY a",
                "SELECT SUM(d) + 1 FROM t",
                "SELECT AVG(a) FROM t",
                "SELECT b, COUNT(DISTINCT a) FROM t GROUP BY b",
                "SELECT b, COUNT(DISTINCT a), MAX(a) FROM t WHERE _id < 7 GROUP BY b",
                "SELECT b, COUNT(DISTINCT a), COUNT(*) FROM t GROUP BY b",
                "SELECT x, COUNT(*) FROM t GROUP BY x",
                "SELECT MIN(s) FROM t",
                "SELECT MAX(x) FROM t",
                "SELECT COUNT(*) FROM t HAVING COUNT(*) > 100"
            })
    void aggregates(String sql) {
        assertSame(sql);
    }

    /** Conditions on elements, tried by the server and here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "k = 1",
                "k <> 1",
                "k IS NULL",
                "k IS NOT NULL",
                "k IN (1, 2)",
                "k NOT IN (1, 7)",
                "k > 1 OR v = 1.10",
                "NOT (k < 2)",
                "v >= 1.1 AND k = 1",
                "v < 2.00 AND v > 1",
                "v BETWEEN 1.1 AND 2",
                "t_id = 1 OR k = 2",
                "t_id = 1 AND (k = 2 OR k IS NULL)",
                "(k = 1) IS NOT TRUE",
                "(k = 1) IS NOT FALSE",
                "s = 'abc'",
                "s <> 'abc'",
                "s LIKE 'ab_'",
                "s NOT LIKE 'ab%'",
                "s LIKE '%c'",
                "s IN ('abc', 'x')",
                "x > 1",
                "x < 1e9",
                "x <= 1.5e0 OR x IS NULL",
                "o = '5f0000000000000000000001'",
                "o <> '5f0000000000000000000001'",
                "o = 'no'",
                "\"day\" = DATE '1995-03-15'",
                "\"day\" < DATE '1996-01-01' AND b",
                "NOT b",
                "b IS NOT TRUE",
                "k = 1 AND k = 2",
                "k = 99999999999"
            })
    void filtersElements(String condition) {
        assertSame("SELECT t_id, pos, k, v, s FROM \"t.items\" WHERE " + condition);
    }

    private static void assertSame(String sql) {
        assertSame(sql, tables);
        if (sql.contains("t.items")) {
            assertSame(sql, shapes);
        }
    }

    private static void assertSame(String sql, TableDescriptor[] over) {
        RelNode fragment = Fragments.of(sql, ROWS, over);
        Verdict verdict = source.capabilities().operator(fragment);
        if (verdict instanceof Verdict.No no) {
            assertThat(no.reason()).as(sql).isNotBlank();
            REFUSED.add(sql + ": " + no.reason());
            return;
        }
        List<List<Object>> pushed =
                plain(MongoFixture.rows(source, source.compiler().compile(fragment)));
        List<List<Object>> expected = plain(Fragments.interpret(fragment));
        String text = sql + "\n" + source.compiler().compile(fragment).text();
        if (fragment instanceof Sort) {
            assertThat(pushed).as(text).isEqualTo(expected);
            return;
        }
        assertThat(sorted(pushed)).as(text).isEqualTo(sorted(expected));
    }

    private static final List<String> REFUSED = new ArrayList<>();

    @AfterAll
    static void showRefused() {
        REFUSED.forEach(System.out::println);
    }

    private static List<List<Object>> sorted(List<List<Object>> rows) {
        List<List<Object>> copy = new ArrayList<>(rows);
        copy.sort(Comparator.comparing(Object::toString));
        return copy;
    }

    /** Numbers by value: the interpreter's boxes differ from ours. */
    private static List<List<Object>> plain(List<List<Object>> rows) {
        List<List<Object>> plain = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> values = new ArrayList<>();
            for (Object value : row) {
                values.add(
                        value instanceof Double number
                                ? (Object) number
                                : value instanceof BigDecimal number
                                        ? number.stripTrailingZeros().toPlainString()
                                        : value instanceof Number number ? Long.toString(number.longValue()) : value);
            }
            plain.add(values);
        }
        return plain;
    }
}
