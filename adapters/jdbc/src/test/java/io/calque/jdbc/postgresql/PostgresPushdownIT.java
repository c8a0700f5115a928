package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.Reading;
import io.calque.jdbc.compiler.PushdownScript;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts' native texts on a server whose own order of text is not ours. */
class PostgresPushdownIT {
    private static final PushdownScript SCRIPT = PushdownScript.postgresql();
    private static Source source;

    @BeforeAll
    static void fill() throws Exception {
        PostgresDatabase database = TestServers.newPostgresDatabase("en-US");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA s");
            statement.execute("""
                    CREATE TABLE s.t (id int PRIMARY KEY, n int, big bigint, s smallint, d numeric(12,2), u numeric, x float8,
                      b boolean, v text, c char(5), ci text, bin text COLLATE "C" NOT NULL, uid uuid, j jsonb, dt date,
                      ts timestamp, ts3 timestamp(3), tz timestamptz, tags text[], m money)
                    """);
            statement.execute("""
                    INSERT INTO s.t VALUES
                    (1, 1, 1, 1, 0.10, 1.5, 1.6, true, 'a', 'ab', 'AB', 'a', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}',
                      '1994-01-31', '2024-01-01 00:00:00.0005', '2024-01-01 00:00:00.5', '2024-01-01 00:00:00.0005+00', '{x}', 7.25),
                    (2, 2, 2, 2, 0.20, 2.25, 'NaN', false, 'B', 'ab ', 'ab', 'B', NULL, NULL,
                      '1995-01-01', '2024-01-01 00:00:00.001', NULL, NULL, NULL, 1),
                    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                    (4, -7, 9, 4, 0.20, 0, '-0', true, 'é', 'c', 'é', 'é', 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2',
                      '2024-02-29', '2023-12-31 23:59:59.9999', '2024-01-01', '2024-01-01+00', '{}', 0),
                    (5, 3, 3, 3, 9.99, 3, 'Infinity', false, U&'\\+01F600', 'd', 'x', U&'\\FFFD', NULL, NULL,
                      '0001-06-01', '9999-12-31 20:59:59.999999', NULL, NULL, '{}', 0),
                    (6, 4, 4, 4, 9.99, 3, 2, false, U&'\\FFFD', 'd', 'x', U&'\\+01F600', NULL, NULL,
                      '9999-06-01', '0001-01-01', NULL, NULL, '{}', 0)
                    """);
            statement.execute("CREATE TABLE s.o (o_id int, t_id int, o_day date, o_total numeric(12,2), o_note text)");
            statement.execute("INSERT INTO s.o VALUES (1, 1, '2020-01-01', 50, 'n'), (2, NULL, NULL, NULL, NULL)");
        }
        source = new PostgresAdapter()
                .open(SourceConfig.of(PushdownScript.SOURCE, "postgresql", database.jdbcUrl())
                        .withCredentials(database.user(), new Secret(database.password())));
    }

    @AfterAll
    static void close() {
        source.close();
    }

    private static Object sample(ParameterSlot slot) {
        return switch (slot.type().kind()) {
            case INTEGER, BIGINT -> 1L;
            case DECIMAL -> BigDecimal.ONE;
            default -> "a";
        };
    }

    @Test
    void runsEveryTextOfTheScript() throws Exception {
        List<NativeQuery> queries = SCRIPT.queries();
        assertThat(queries).hasSizeGreaterThan(50);
        for (NativeQuery query : queries) {
            Object[] values =
                    query.slots().stream().map(PostgresPushdownIT::sample).toArray();
            assertThat(Reading.rows(source, query, values)).as(query.text()).isNotNull();
        }
    }

    /** Ids as text, in the order they come. */
    private static String ids(String sql) throws Exception {
        NativeQuery query = SCRIPT.pushed(SCRIPT.tables(), sql).orElseThrow();
        return String.join(
                " ",
                Reading.rows(source, query).stream()
                        .map(r -> Objects.toString(r.get(0)))
                        .toList());
    }

    @Test
    void comparesTimestampsInMilliseconds() throws Exception {
        assertThat(ids("SELECT id FROM t WHERE ts > TIMESTAMP '2024-01-01 00:00:00' ORDER BY id"))
                .isEqualTo("2 5");
        assertThat(ids("SELECT id FROM t WHERE ts = TIMESTAMP '2024-01-01 00:00:00'"))
                .isEqualTo("1");
        assertThat(ids("SELECT id FROM t WHERE ts <= TIMESTAMP '2024-01-01 00:00:00' ORDER BY id"))
                .isEqualTo("1 4 6");
        assertThat(ids("SELECT id FROM t WHERE ts <> TIMESTAMP '2024-01-01 00:00:00' ORDER BY id"))
                .isEqualTo("2 4 5 6");
        assertThat(ids("SELECT id FROM t WHERE ts < TIMESTAMP '2024-01-01 00:00:00' ORDER BY id"))
                .isEqualTo("4 6");
        assertThat(ids("SELECT MAX(ts) FROM t")).isEqualTo("253402289999999");
    }

    @Test
    void ordersTextByCodePoint() throws Exception {
        assertThat(ids("SELECT id FROM t ORDER BY v")).isEqualTo("2 1 4 6 5 3");
        assertThat(ids("SELECT id FROM t ORDER BY bin DESC")).isEqualTo("6 5 4 1 2 3");
        assertThat(ids("SELECT id FROM t WHERE v < 'a' OR v > 'é' ORDER BY id")).isEqualTo("2 5 6");
        assertThat(ids("SELECT MIN(v) FROM t")).isEqualTo("B");
        assertThat(ids("SELECT id FROM t ORDER BY n DESC LIMIT 2")).isEqualTo("3 6");
    }

    @Test
    void keepsPaddingAndCaseOutOfComparisons() throws Exception {
        assertThat(ids("SELECT id FROM t WHERE c = 'ab' ORDER BY id")).isEqualTo("1 2");
        assertThat(ids("SELECT id FROM t WHERE c = 'ab '")).isEmpty();
        assertThat(ids("SELECT COUNT(DISTINCT c) FROM t")).isEqualTo("3");
        assertThat(ids("SELECT id FROM t WHERE uid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"))
                .isEqualTo("1");
        assertThat(ids("SELECT id FROM t WHERE uid = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"))
                .isEmpty();
    }

    @Test
    void roundsAveragesAndQuotientsOnceHalfUp() throws Exception {
        assertThat(Reading.rows(
                        source,
                        SCRIPT.pushed(SCRIPT.tables(), "SELECT AVG(n), AVG(d), SUM(d), SUM(n) FROM t")
                                .orElseThrow()))
                .containsExactly(Arrays.asList(
                        new BigDecimal("0.6000000000000000"),
                        new BigDecimal("4.0960000000000000"),
                        new BigDecimal("20.48"),
                        3L));
        NativeQuery quotient = SCRIPT.pushed(SCRIPT.tables(), "SELECT d / n FROM t WHERE id = 4")
                .orElseThrow();
        int scale = quotient.columns().get(0).type().scale();
        assertThat(Reading.rows(source, quotient).get(0).get(0))
                .isEqualTo(new BigDecimal("0.20").divide(new BigDecimal(-7), scale, RoundingMode.HALF_UP));
    }

    @Test
    void comparesNaNAboveAllNumbersAndKeepsMinusZeroOutOfValues() throws Exception {
        assertThat(ids("SELECT id FROM t WHERE x > 1.5 ORDER BY id")).isEqualTo("1 2 5 6");
        assertThat(ids("SELECT x FROM t WHERE id = 4")).isEqualTo("0.0");
        assertThat(ids("SELECT id FROM t WHERE x = 0e0")).isEqualTo("4");
    }
}
