package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.jdbc.Reading;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.ReadOptions.Reads;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes as a binary COPY is what comes as text, row by row, and it can be stopped at any of them. */
@Timeout(120)
final class PostgresCopyIT {
    private static final String NUMBERS =
            "SELECT (random() * 20 - 10)::int AS e, random() AS r, i FROM generate_series(1, 6000) i";

    private static OwnDatabase own;

    @BeforeAll
    static void open() throws Exception {
        own = OwnDatabase.of(
                "SELECT setseed(0.25)",
                "CREATE TYPE mood AS ENUM ('sad', 'glücklich')",
                "CREATE DOMAIN amount AS numeric(12, 3)",
                // numbers of every length, at and around the borders of the digits to the base 10,000
                "CREATE TABLE numbers AS SELECT i, (i - 3000)::smallint AS s, (i * 1000003::bigint * i * i) AS b,"
                        + " (r * 10 ^ e)::real AS f, (r * 10 ^ e) * (CASE WHEN i % 2 = 0 THEN -1 ELSE 1 END) AS d,"
                        + " round((r * 10 ^ e)::numeric, 2)::numeric(15, 2) AS n2, round((r * 10 ^ (e - 8))::numeric, 18)::numeric(18, 18) AS n18,"
                        + " trunc((r * 10 ^ (e + 8))::numeric)::numeric(18, 0) AS n0, -round((r * 10 ^ (e + 15))::numeric, 12)::numeric(38, 12) AS n38,"
                        + " (10 ^ (i % 15))::numeric(19, 4) AS tens, (CASE i % 3 WHEN 0 THEN 0.0001 WHEN 1 THEN 9999.9999 ELSE 10000 END)::numeric(9, 4) AS border,"
                        + " (r * 10 ^ e)::numeric::amount AS money_like, i % 3 = 0 AS odd FROM (" + NUMBERS
                        + ") t WHERE e < 9",
                "CREATE TABLE texts AS SELECT i, repeat('ä€😀', i % 50) AS t, ('x' || i)::varchar(20) AS v, ('p' || i)::char(12) AS c,"
                        + " decode(md5(i::text), 'hex') AS bin, md5(i::text)::uuid AS u, CASE WHEN i % 2 = 0 THEN 'sad' ELSE 'glücklich' END::mood AS m,"
                        + " ('n' || i)::name AS name FROM generate_series(1, 3000) i",
                "CREATE TABLE times AS SELECT i, DATE '0001-01-01' + i * 200 AS d, TIMESTAMP '0001-01-01' + i * INTERVAL '200 days 3 hours 1.234567 seconds' AS ts,"
                        + " TIMESTAMPTZ '1969-12-31 23:59:59.9994+00' + i * INTERVAL '0.000777 seconds' AS tz, TIME '00:00' + i * INTERVAL '4.7654321 seconds' AS ti"
                        + " FROM generate_series(0, 18000) i",
                "CREATE TABLE holes AS SELECT CASE WHEN i % 2 = 0 THEN i END AS a, CASE WHEN i % 3 = 0 THEN i::numeric(9, 2) END AS b,"
                        + " CASE WHEN i % 5 = 0 THEN i::text END AS c, CASE WHEN i % 7 = 0 THEN DATE '2000-01-01' + i END AS d, NULL::timestamp AS e"
                        + " FROM generate_series(1, 5000) i",
                "CREATE TABLE none (a int, b text)",
                "CREATE TABLE words AS SELECT * FROM (VALUES ('it''s'), ('a\\b'), ('\"q\"'), ('{x,y}'), ('ä€😀'), (''), ('NULL'), ('?'), (NULL), ('other')) t(w)",
                "CREATE TABLE mixed AS SELECT i, ARRAY[i, i + 1] AS a, i::text::json AS j FROM generate_series(1, 3000) i",
                "CREATE VIEW dividing AS SELECT i, 1 / (i - 5000) AS q FROM generate_series(1, 20000) i",
                "CREATE TABLE late AS SELECT i, CASE WHEN i = 9000 THEN DATE 'infinity' ELSE DATE '2000-01-01' END AS d,"
                        + " CASE WHEN i = 9000 THEN 'NaN'::numeric ELSE 1 END::numeric(8, 2) AS n FROM generate_series(1, 20000) i",
                "ANALYZE");
    }

    @AfterAll
    static void close() {
        own.close();
    }

    private static NativeQuery scan(String table) {
        SqlQuery compiled =
                (SqlQuery) own.source().compiler().compile(own.scan(table).build());
        return new SqlQuery(
                compiled.source(),
                compiled.text(),
                compiled.slots(),
                compiled.columns(),
                compiled.decodings(),
                SqlQuery.Expected.ANY,
                compiled.author());
    }

    private static List<List<Object>> read(NativeQuery query, Reads reads) {
        return read(query, reads, Bindings.NONE);
    }

    private static List<List<Object>> read(NativeQuery query, Reads reads, Bindings bindings) {
        try (ReadSession session = own.source().begin(Reading.OPTIONS.expecting(reads));
                RowCursor cursor = session.read(query, bindings)) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> row : Reading.rows(cursor)) {
                List<Object> comparable = new ArrayList<>();
                row.forEach(value -> comparable.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value));
                rows.add(comparable);
            }
            return rows;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "texts", "times", "holes", "none", "mixed"})
    void givesTheValuesThatTextGives(String table) {
        NativeQuery scan = scan(table);
        List<List<Object>> asText = read(scan, Reads.SEVERAL);
        // once not knowing how much comes, and once knowing
        assertThat(read(scan, Reads.ONE)).isEqualTo(asText);
        assertThat(read(scan, Reads.ONE)).isEqualTo(asText);
    }

    /** They are written into the statement, which can have no parameters. */
    @ParameterizedTest
    @MethodSource
    void readsByKeys(String table, String column, DataType type, List<Object> keys, int rows) {
        NativeQuery query = keyed(table, column, type);
        Bindings bindings = Bindings.NONE.withKeys(ParameterSlot.FIRST_KEYS, keys);
        List<List<Object>> asText = read(query, Reads.SEVERAL, bindings);
        assertThat(asText).hasSize(rows);
        // of the second reading it is known how much comes
        assertThat(read(keyed(table + " ", column, type), Reads.IN_TURN, bindings))
                .containsExactlyInAnyOrderElementsOf(asText);
        assertThat(read(keyed(table + " ", column, type), Reads.IN_TURN, bindings))
                .containsExactlyInAnyOrderElementsOf(asText);
    }

    static Stream<Arguments> readsByKeys() {
        return Stream.of(
                Arguments.of(
                        "words",
                        "w",
                        DataType.VARCHAR,
                        List.of("it's", "a\\b", "\"q\"", "{x,y}", "ä€😀", "", "NULL", "?"),
                        8),
                Arguments.of(
                        "times",
                        "i",
                        DataType.INTEGER,
                        LongStream.range(0, 9000).boxed().toList(),
                        9000),
                Arguments.of(
                        "times",
                        "d",
                        DataType.DATE,
                        List.of(LocalDate.of(1, 1, 1).toEpochDay()),
                        1),
                Arguments.of(
                        "holes",
                        "b",
                        DataType.decimal(9, 2),
                        List.of(new BigDecimal("6.00"), new BigDecimal("9.00")),
                        2));
    }

    private static NativeQuery keyed(String table, String column, DataType type) {
        SqlQuery all = (SqlQuery) scan(table.strip());
        // Another text is another query, of which nothing is known.
        String space = table.endsWith(" ") ? " " : "";
        return new SqlQuery(
                all.source(),
                all.text() + space + " WHERE \"" + column + "\" = ANY (?)",
                List.of(new ParameterSlot(ParameterSlot.FIRST_KEYS, type)),
                all.columns(),
                all.decodings(),
                all.expected(),
                all.author());
    }

    @Test
    void failsWhereTheServerFailsAndServesTheNextRead() {
        assertThatThrownBy(() -> read(scan("dividing"), Reads.ONE)).isInstanceOfSatisfying(QueryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
        });
        assertThat(read(scan("holes"), Reads.ONE)).hasSize(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "n"})
    void refusesAValueThatNoTypeHoldsInTheWordsOfText(String column) throws SQLException {
        own.run("DROP VIEW IF EXISTS one_late", "CREATE VIEW one_late AS SELECT i, " + column + " FROM late");
        NativeQuery scan = scan("one_late");
        QueryException asText = failure(scan, Reads.SEVERAL);
        QueryException copied = failure(scan, Reads.ONE);
        assertThat(copied.code()).isEqualTo(asText.code());
        assertThat(copied).hasMessage(asText.getMessage());
        assertThat(read(scan("holes"), Reads.ONE)).hasSize(5000);
    }

    private static QueryException failure(NativeQuery query, Reads reads) {
        try {
            read(query, reads);
            throw new AssertionError("nothing failed");
        } catch (QueryException e) {
            return e;
        }
    }

    @Test
    void isGivenUpHalfReadAsOftenAsOneLikes() {
        NativeQuery scan = scan("numbers");
        for (int i = 0; i < 25; i++) {
            try (ReadSession session = own.source().begin(Reading.OPTIONS.expecting(Reads.ONE))) {
                RowCursor cursor = session.read(scan, Bindings.NONE);
                assertThat(cursor.next()).isPresent();
                if (i % 2 == 0) {
                    cursor.close();
                }
            }
        }
        assertThat(read(scan("none"), Reads.ONE)).isEmpty();
    }

    @Test
    void isAskedForOnlyWhereMuchMayCome() {
        ReadSizes sizes = new ReadSizes();
        assertThat(sizes.mayBeLarge("a")).isTrue();
        sizes.learn("a", 3);
        assertThat(sizes.mayBeLarge("a")).isFalse();
        sizes.learn("a", 100_000);
        assertThat(sizes.mayBeLarge("a")).isTrue();
        sizes.learn("first", 3);
        for (int i = 0; i < 2000; i++) {
            sizes.learn("text " + i, 3);
        }
        assertThat(sizes.mayBeLarge("first")).isTrue();
        assertThat(sizes.mayBeLarge("text 1999")).isFalse();
    }
}
