package io.calque.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.SqliteFile;
import io.calque.jdbc.Reading;
import io.calque.jdbc.compiler.PushdownScript;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The script's native texts on a file with the values that SQLite lets in. */
class SqlitePushdownIT {
    private static final PushdownScript SCRIPT = PushdownScript.sqlite();
    private static SqliteFile empty;
    private static SqliteFile file;
    private static Source source;

    @BeforeAll
    static void fill() throws Exception {
        empty = TestServers.newSqliteFile();
        empty.connect().close();
        file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, s INT, d DECIMAL(12,2), x REAL, b BOOLEAN, v TEXT,"
                            + " nc TEXT COLLATE NOCASE, mix, u16 TEXT, dt DATE, ts DATETIME, un INTEGER, bl BLOB)");
            statement.execute("""
                    INSERT INTO t VALUES
                    (1, 1, 1, 12.345, 1.6, 1, 'abc', 'M', 'm', 'm', '1994-01-01', '1994-01-01T00:00:00Z', 0, x'00'),
                    (2, 9, 2, 12.34, 0.5, 0, 'Abc', 'm', 7, 'x', '1994-01-01 00:00:00', '1993-12-31 23:59:59.999', 9, x''),
                    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                    (4, 2, 3, -12.345, 3, 1, 'a*c', 'n', 1.5, 'x', '1993-12-31', '1994-01-01', 9, x'01'),
                    (5, 3, 3, -12.335, 3, 1, 'é😀', 'n', 'z', 'x', '1995-06-01', '1994-01-01 00:00', 9, x'01')
                    """);
            statement.execute("CREATE TABLE o (o_id INTEGER PRIMARY KEY, t_id INT, o_note TEXT)");
            statement.execute("INSERT INTO o VALUES (1, 1, 'n'), (2, NULL, NULL)");
            statement.execute("CREATE TABLE money (id INTEGER PRIMARY KEY, d DECIMAL(12,2))");
            fillMoney(connection);
        }
        source = new SqliteAdapter()
                .open(SourceConfig.of(PushdownScript.SOURCE, "sqlite", empty.jdbcUrl())
                        .withOptions(Map.of("attach.s", file.path().toString())));
    }

    private static void fillMoney(Connection connection) throws Exception {
        Random random = new Random(7);
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO money (d) VALUES (?)")) {
            for (int i = 0; i < 3_000; i++) {
                double cents = (random.nextInt(400) - 200) / 100.0;
                double value = switch (i % 4) {
                    case 0 -> cents;
                    case 1 -> cents + 0.005;
                    case 2 -> Math.nextUp(cents + 0.005);
                    default -> Math.nextDown(cents - 0.005);
                };
                insert.setDouble(1, value);
                insert.executeUpdate();
            }
        }
        connection.commit();
    }

    @AfterAll
    static void close() {
        source.close();
        file.close();
        empty.close();
    }

    @Test
    void runsEveryTextOfTheScript() throws Exception {
        List<NativeQuery> queries = SCRIPT.queries();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(30);
        for (NativeQuery query : queries) {
            Object[] values = query.slots().stream()
                    .map(s -> s.type().isNumeric() ? (Object) 1L : "a")
                    .toArray();
            assertThat(Reading.rows(source, query, values)).as(query.text()).isNotNull();
        }
    }

    private static String ids(String sql) throws Exception {
        NativeQuery query = SCRIPT.pushed(SCRIPT.tables(), sql).orElseThrow();
        return String.join(
                " ",
                Reading.rows(source, query).stream()
                        .map(r -> Objects.toString(r.get(0)))
                        .toList());
    }

    @Test
    void comparesTextByCodePointAndDatesInEverySpelling() throws Exception {
        assertThat(ids("SELECT id FROM t WHERE v LIKE 'a%c' ORDER BY id")).isEqualTo("1 4");
        assertThat(ids("SELECT id FROM t WHERE v LIKE 'a*_'")).isEqualTo("4");
        assertThat(ids("SELECT id FROM t WHERE v LIKE '__'")).isEqualTo("5");
        assertThat(ids("SELECT id FROM t WHERE nc = 'm'")).isEqualTo("2");
        assertThat(ids("SELECT id FROM t ORDER BY nc, id")).isEqualTo("1 2 4 5 3");
        assertThat(ids("SELECT id FROM t WHERE dt = DATE '1994-01-01' ORDER BY id"))
                .isEqualTo("1 2");
        assertThat(ids("SELECT id FROM t WHERE dt < DATE '1994-01-01'")).isEqualTo("4");
        assertThat(ids("SELECT COUNT(DISTINCT dt) FROM t")).isEqualTo("3");
        assertThat(ids("SELECT id FROM t WHERE ts >= TIMESTAMP '1994-01-01 00:00:00' ORDER BY id"))
                .isEqualTo("1 4 5");
        assertThat(ids("SELECT id FROM t ORDER BY ts, id")).isEqualTo("2 1 4 5 3");
        assertThat(ids("SELECT COUNT(DISTINCT ts) FROM t")).isEqualTo("2");
        assertThat(ids("SELECT mix FROM t WHERE id = 4")).isEqualTo("1.5");
        assertThat(ids("SELECT CHAR_LENGTH(v) FROM t WHERE id = 5")).isEqualTo("2");
    }

    /** Every comparison of a rounded column, at the source and here, over values on and next to the bounds between two cents. */
    @Test
    void comparesRoundedDoublesAsTheDecimalsTheyAreReadAs() throws Exception {
        PushdownScript script = PushdownScript.sqlite();
        var money = script.tables().get(0);
        var d = money.column("d").orElseThrow();
        var id = money.column("id").orElseThrow();
        var table =
                TableDescriptor.of(new TableName(PushdownScript.SOURCE, "s", "money"), money.kind(), List.of(id, d));
        List<List<Object>> all = Reading.rows(
                source, script.pushed(List.of(table), "SELECT id, d FROM money").orElseThrow());
        for (String literal : List.of("0", "0.01", "-0.01", "1.23", "-1.23", "2.00", "-0.50")) {
            BigDecimal constant = new BigDecimal(literal).setScale(2, RoundingMode.UNNECESSARY);
            for (String sign : List.of("=", "<>", "<", "<=", ">", ">=")) {
                List<Object> here = all.stream()
                        .filter(r -> holds(((BigDecimal) r.get(1)).compareTo(constant), sign))
                        .map(r -> r.get(0))
                        .toList();
                NativeQuery query = script.pushed(
                                List.of(table), "SELECT id FROM money WHERE d " + sign + " " + literal + " ORDER BY id")
                        .orElseThrow();
                List<Object> there =
                        Reading.rows(source, query).stream().map(r -> r.get(0)).toList();
                assertThat(there).as(query.text()).isEqualTo(here);
            }
        }
    }

    private static boolean holds(int order, String sign) {
        return switch (sign) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}
