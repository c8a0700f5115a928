package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.jdbc.Reading;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresReadIT {
    private static final TimeZone USUAL = TimeZone.getDefault();
    private static OwnDatabase own;
    private static Source source;

    @BeforeAll
    static void openInAnUnusualZone() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        own = OwnDatabase.of();
        source = own.source();
    }

    @AfterAll
    static void close() {
        own.close();
        TimeZone.setDefault(USUAL);
    }

    private static NativeQuery scan(String table) {
        return source.compiler().compile(own.scan(table).build());
    }

    private static List<List<Object>> all(String table) {
        return Reading.rows(source, scan(table));
    }

    @Test
    void readsEveryTypeAsTheEngineHoldsIt() throws Exception {
        own.run("""
                CREATE TABLE every (b bool, s int2, i int4, l int8, r float4, d float8, n numeric(10,2), u numeric, m money,
                  t text, v varchar(10), c char(5), x bytea, dt date, tm time, ts timestamp, tz timestamptz, id uuid, j jsonb,
                  iv interval, ip inet, ia int[], ta text[], tsa timestamptz[])
                """, """
                INSERT INTO every VALUES (true, -32768, 2147483647, -9223372036854775808, 1.5, -0.0, 12.30, 1.234, 1234.5,
                  'é😀', 'v', 'ab', '\\x00ff', '1969-12-31', '23:59:59.999999', '1969-12-31 23:59:59.9999', '2024-03-10 02:30:00.123456+01',
                  'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"a": 1}', '1 day 2 hours', '10.0.0.1', '{1,NULL,3}', '{"a,b",NULL,"q\\"x"}',
                  '{"2024-03-10 02:30:00.123+01"}')
                """, "INSERT INTO every (s) VALUES (NULL)");
        List<List<Object>> rows = all("every");
        assertThat(rows).hasSize(2);
        List<Object> row = rows.get(0);
        assertThat(row.subList(0, 12))
                .containsExactly(
                        true,
                        -32768L,
                        2147483647L,
                        Long.MIN_VALUE,
                        1.5d,
                        0.0d,
                        new BigDecimal("12.30"),
                        new BigDecimal("1.234"),
                        new BigDecimal("1234.50"),
                        "é😀",
                        "v",
                        "ab");
        assertThat((byte[]) row.get(12)).containsExactly(0, 255);
        assertThat(row.subList(13, 24))
                .containsExactly(
                        -1L,
                        86_399_999L,
                        -1L,
                        Instant.parse("2024-03-10T01:30:00.123Z").toEpochMilli(),
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "{\"a\": 1}",
                        "1 day 02:00:00",
                        "10.0.0.1",
                        Arrays.asList(1L, null, 3L),
                        Arrays.asList("a,b", null, "q\"x"),
                        List.of(Instant.parse("2024-03-10T01:30:00.123Z").toEpochMilli()));
        assertThat(rows.get(1)).containsOnlyNulls();
    }

    @Test
    void readsTheSameAfterTheDriverTurnsToBinary() throws Exception {
        own.run(
                "CREATE TABLE days (d date, t timestamp, z timestamptz)",
                "INSERT INTO days VALUES ('2024-11-03', '2024-11-03 01:30', '2024-11-03 01:30+00')");
        NativeQuery scan = scan("days");
        for (int i = 0; i < 8; i++) {
            assertThat(Reading.rows(source, scan))
                    .containsExactly(List.of(
                            LocalDate.of(2024, 11, 3).toEpochDay(),
                            Instant.parse("2024-11-03T01:30:00Z").toEpochMilli(),
                            Instant.parse("2024-11-03T01:30:00Z").toEpochMilli()));
        }
    }

    @Test
    void readsAllRowsThoughFewWereExpected() throws Exception {
        own.run("CREATE TABLE grown (n int)");
        SqlQuery few = (SqlQuery) scan("grown");
        assertThat(few.expected()).isEqualTo(SqlQuery.Expected.FEW);
        assertThat(Reading.rows(source, few)).isEmpty();
        own.run("INSERT INTO grown SELECT * FROM generate_series(1, 10000)");
        assertThat(Reading.rows(source, few)).hasSize(10_000);
        own.run("INSERT INTO grown VALUES (10001), (10002)");
        assertThat(Reading.rows(source, few)).hasSize(10_002).doesNotHaveDuplicates();
    }

    @Test
    void saysTheColumnAndTheValueThatDoNotFit() throws Exception {
        own.run("CREATE TABLE odd (n numeric)", "INSERT INTO odd VALUES ('NaN')");
        own.run("CREATE TABLE fine_grained (n numeric)", "INSERT INTO fine_grained VALUES (1.5)");
        own.run("CREATE TABLE forever (t timestamp)", "INSERT INTO forever VALUES ('infinity')");
        own.run("CREATE TABLE ancient (d date)", "INSERT INTO ancient VALUES ('0044-03-15 BC')");
        assertThatThrownBy(() -> all("odd"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_VALUE_INVALID))
                .hasMessageContaining("public.odd.n")
                .hasMessageContaining("NaN");
        NativeQuery scan = scan("fine_grained");
        own.run("INSERT INTO fine_grained VALUES (1.555)");
        assertThatThrownBy(() -> Reading.rows(source, scan))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE))
                .hasMessageContaining("type.public.fine_grained.n: DECIMAL(38, 3)");
        for (String table : List.of("forever", "ancient")) {
            assertThatThrownBy(() -> all(table))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE))
                    .hasMessageContaining("public." + table);
        }
    }

    @Test
    void typesANativeQueryAndRefusesOneThatWrites() throws Exception {
        own.run("CREATE TABLE noted (id int, note jsonb)", "INSERT INTO noted VALUES (1, '{\"k\": 1}'), (2, '{}')");
        NativeQuery query =
                source.passThrough("SELECT id, note ->> 'k' AS k FROM noted WHERE note ? 'k' -- those with k\n;");
        assertThat(query.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id INTEGER", "k VARCHAR");
        assertThat(Reading.rows(source, query)).containsExactly(List.of(1L, "1"));
        for (String writing : List.of(
                "DELETE FROM noted",
                "SELECT 1; DELETE FROM noted",
                "SELECT 1) AS a; COMMIT; DELETE FROM noted; SELECT * FROM (SELECT 1",
                "WITH gone AS (DELETE FROM noted RETURNING *) SELECT * FROM gone",
                "SELECT nextval('no_such')")) {
            assertThatThrownBy(() -> source.passThrough(writing)).isInstanceOf(QueryException.class);
        }
        assertThat(all("noted")).hasSize(2);
    }

    @Test
    void measuresTablesWithAndWithoutAnalyze() throws Exception {
        own.run(
                "CREATE TABLE fresh (a int, t text)",
                "INSERT INTO fresh SELECT g % 10, NULL FROM generate_series(1, 500) AS g");
        TableStatistics looked =
                source.introspector().measure(Reading.table(source, "public", "fresh"), Budget.DEFAULT);
        assertThat(looked.rowCount()).hasValue(500);
        assertThat(looked.column("a").distinctCount()).hasValue(10);
        assertThat(looked.column("t").nullFraction()).hasValue(1);
        own.run("ANALYZE fresh");
        TableStatistics analyzed =
                source.introspector().measure(Reading.table(source, "public", "fresh"), Budget.DEFAULT);
        assertThat(analyzed.rowCount()).hasValue(500);
        assertThat(analyzed.column("a").mostCommon()).hasSize(10);
    }

    @Test
    void tellsWhoRefusedWhatAtOnce() {
        Source wrong = new PostgresAdapter()
                .open(OwnDatabase.config(own.database()).withCredentials("nobody_here", new Secret("wrong")));
        assertThatThrownBy(() -> wrong.begin(Reading.OPTIONS))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isIn(ErrorCode.SOURCE_REFUSED))
                .hasMessageContaining("'pg'")
                .hasMessageNotContaining("wrong");
        Source down = new PostgresAdapter()
                .open(SourceConfig.of(new SourceId("gone"), "postgresql", "jdbc:postgresql://localhost:1/x"));
        assertThatThrownBy(() -> down.begin(Reading.OPTIONS))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
                .hasMessageContaining("localhost:1");
    }
}
