package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calque's driver against the endpoint, as a tool uses it. */
@Timeout(60)
class CalqueDriverTest {
    private static final long NOON = Instant.parse("2024-03-10T12:34:56.789Z").toEpochMilli();

    private final ScriptedEngine engine = new ScriptedEngine();
    private HttpServer server;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        server = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open());
        connection = DriverManager.getConnection("jdbc:calque://127.0.0.1:" + server.port() + "/");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.close();
        assertThat(engine.openRuns()).isZero();
        assertThat(engine.openSessions()).isZero();
    }

    @Test
    void readsEveryType() throws SQLException {
        engine.answer(
                "types",
                ScriptedAnswer.of(
                        List.of(
                                DataType.BOOLEAN,
                                DataType.SMALLINT,
                                DataType.INTEGER,
                                DataType.BIGINT,
                                DataType.REAL,
                                DataType.DOUBLE,
                                DataType.decimal(38, 4),
                                DataType.VARCHAR,
                                DataType.VARBINARY,
                                DataType.DATE,
                                DataType.TIME,
                                DataType.TIMESTAMP,
                                DataType.TIMESTAMP_TZ,
                                DataType.array(DataType.INTEGER)),
                        Arrays.asList(
                                true,
                                -7L,
                                2_000_000_000L,
                                Long.MIN_VALUE,
                                1.5,
                                Math.PI,
                                new BigDecimal("1234567890123456789012345678901234.5678"),
                                "Größe 😀",
                                new byte[] {0, -1, 5},
                                19_792L,
                                45_296_789L,
                                NOON,
                                NOON,
                                Arrays.asList(1L, null, 3L)),
                        Arrays.asList(new Object[14])));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("types")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
            assertThat(rows.getShort(2)).isEqualTo((short) -7);
            assertThat(rows.getInt("C3")).isEqualTo(2_000_000_000);
            assertThat(rows.getLong(4)).isEqualTo(Long.MIN_VALUE);
            assertThat(rows.getFloat(5)).isEqualTo(1.5f);
            assertThat(rows.getDouble(6)).isEqualTo(Math.PI);
            assertThat(rows.getBigDecimal(7)).isEqualTo(new BigDecimal("1234567890123456789012345678901234.5678"));
            assertThat(rows.getString(8)).isEqualTo("Größe 😀");
            assertThat(rows.getBytes(9)).containsExactly(0, -1, 5);
            assertThat(rows.getObject(10, LocalDate.class)).isEqualTo(LocalDate.of(2024, 3, 10));
            assertThat(rows.getObject(11, LocalTime.class)).isEqualTo(LocalTime.of(12, 34, 56, 789_000_000));
            LocalDateTime wallClock = LocalDateTime.of(2024, 3, 10, 12, 34, 56, 789_000_000);
            assertThat(rows.getObject(12, LocalDateTime.class)).isEqualTo(wallClock);
            assertThat(rows.getTimestamp(12)).isEqualTo(Timestamp.valueOf(wallClock));
            assertThat(rows.getString(12)).isEqualTo("2024-03-10 12:34:56.789");
            assertThat(rows.getObject(13, Instant.class)).isEqualTo(Instant.ofEpochMilli(NOON));
            assertThat(rows.getObject(13, OffsetDateTime.class)).isEqualTo(wallClock.atOffset(ZoneOffset.UTC));
            assertThat(rows.getTimestamp(13).getTime()).isEqualTo(NOON);
            assertThat(rows.getString(13)).isEqualTo("2024-03-10 12:34:56.789+00:00");
            assertThat((Object[]) rows.getArray(14).getArray()).containsExactly(1, null, 3);
            assertThat(rows.getObject(1)).isEqualTo(true);
            assertThat(rows.getObject(2)).isEqualTo(-7);
            assertThat(rows.getObject(14)).hasToString("[1, null, 3]");
            assertThat(rows.getMetaData().getColumnType(7)).isEqualTo(Types.DECIMAL);
            assertThat(rows.getMetaData().getPrecision(7)).isEqualTo(38);
            assertThat(rows.getMetaData().getScale(7)).isEqualTo(4);
            assertThat(rows.next()).isTrue();
            for (int i = 1; i <= 14; i++) {
                assertThat(rows.getObject(i)).as("column %s", i).isNull();
                assertThat(rows.wasNull()).isTrue();
            }
            assertThat(rows.getInt(3)).isZero();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void sendsEveryKindOfParameter() throws SQLException {
        String sql = "echo BOOLEAN; BIGINT; DOUBLE; DECIMAL(20, 3); VARCHAR; VARBINARY; DATE; TIME; TIMESTAMP;"
                + " TIMESTAMP WITH LOCAL TIME ZONE; INTEGER ARRAY; VARCHAR; VARCHAR";
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(13);
            statement.setBoolean(1, true);
            statement.setInt(2, 42);
            statement.setDouble(3, 0.1);
            statement.setBigDecimal(4, new BigDecimal("12345678901234567.123"));
            statement.setString(5, "ß");
            statement.setBytes(6, new byte[] {1, 2});
            statement.setObject(7, LocalDate.of(1582, 10, 4));
            statement.setObject(8, LocalTime.of(23, 59, 59));
            statement.setTimestamp(9, Timestamp.valueOf("1999-12-31 23:59:59.5"));
            statement.setObject(10, OffsetDateTime.of(2024, 3, 10, 14, 0, 0, 0, ZoneOffset.ofHours(2)));
            statement.setArray(11, connection.createArrayOf("INTEGER", new Object[] {1, null}));
            statement.setObject(12, uuid);
            statement.setNull(13, Types.VARCHAR);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getBoolean(1)).isTrue();
                assertThat(rows.getInt(2)).isEqualTo(42);
                assertThat(rows.getDouble(3)).isEqualTo(0.1);
                assertThat(rows.getBigDecimal(4)).isEqualTo(new BigDecimal("12345678901234567.123"));
                assertThat(rows.getString(5)).isEqualTo("ß");
                assertThat(rows.getBytes(6)).containsExactly(1, 2);
                assertThat(rows.getObject(7, LocalDate.class)).isEqualTo(LocalDate.of(1582, 10, 4));
                assertThat(rows.getObject(8, LocalTime.class)).isEqualTo(LocalTime.of(23, 59, 59));
                assertThat(rows.getTimestamp(9)).isEqualTo(Timestamp.valueOf("1999-12-31 23:59:59.5"));
                assertThat(rows.getObject(10, Instant.class)).isEqualTo(Instant.parse("2024-03-10T12:00:00Z"));
                assertThat((Object[]) rows.getArray(11).getArray()).containsExactly(1, null);
                assertThat(rows.getObject(12, UUID.class)).isEqualTo(uuid);
                assertThat(rows.getString(13)).isNull();
            }
        }
    }

    @Test
    void runsAPreparedStatementAgainWithOtherParameters() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("echo BIGINT")) {
            for (long i = 0; i < 3; i++) {
                statement.setLong(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    assertThat(rows.getLong(1)).isEqualTo(i);
                }
            }
            statement.clearParameters();
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOf(SQLDataException.class)
                    .hasMessageContaining("Parameter 1 of 1 has no value");
        }
    }

    @Test
    void streamsManyRowsInOrder() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("rows 250000")) {
            long expected = 0;
            while (rows.next()) {
                assertThat(rows.getLong(1)).isEqualTo(expected);
                if (expected % 10 == 9) {
                    assertThat(rows.getString(2)).isNull();
                }
                expected++;
            }
            assertThat(expected).isEqualTo(250_000);
        }
    }

    @Test
    void readsCompressedRowsAsTheOthers() throws SQLException {
        String url = "jdbc:calque://127.0.0.1:" + server.port() + "/?compression=";
        try (Connection compressed = DriverManager.getConnection(url + "on");
                Statement statement = compressed.createStatement();
                Statement plain = connection.createStatement();
                ResultSet rows = statement.executeQuery("rows 100000");
                ResultSet expected = plain.executeQuery("rows 100000")) {
            int width = rows.getMetaData().getColumnCount();
            while (expected.next()) {
                assertThat(rows.next()).isTrue();
                for (int i = 1; i <= width; i++) {
                    assertThat(rows.getObject(i)).isEqualTo(expected.getObject(i));
                }
            }
            assertThat(rows.next()).isFalse();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url + "zip"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("auto, on or off");
    }

    @Test
    void givesUpTheRestOfAResultThatIsClosed() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("rows 10000000")) {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
            assertThat(engine.openRuns()).isZero();
            assertThat(engine.produced()).isLessThan(1_000_000);
        }
    }

    /** A page that is on its way when a result is left must not take rows of the statement's next one. */
    @Test
    void startsAnewAfterAResultThatWasLeftWithAPageOnItsWay() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("rows 100000")) {
            statement.setFetchSize(500);
            for (int round = 0; round < 60; round++) {
                try (ResultSet rows = statement.executeQuery()) {
                    for (long expected = 0; expected < 1200 + 37L * round; expected++) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void honoursMaxRowsAndFetchSize() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("rows 100000")) {
            statement.setMaxRows(2500);
            statement.setFetchSize(10);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(2500);
        }
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            int count = 0;
            try (ResultSet rows = statement.executeQuery("rows 100000")) {
                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(3);
        }
    }

    @Test
    void cancelReachesARunningQueryFromAnotherThread() throws Exception {
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeQuery("wait");
                    return null;
                } catch (SQLException e) {
                    return e;
                }
            });
            assertThat(engine.waiting().await(20, TimeUnit.SECONDS)).isTrue();
            statement.cancel();
            assertThat(outcome.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(statement.executeQuery("rows 1").next()).isTrue();
        }
    }

    @Test
    void timesOut() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("wait")) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("longer than 1000 ms");
        }
    }

    @Test
    void saysErrorsWithTheirSqlState() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select x"))
                    .isInstanceOfSatisfying(SQLSyntaxErrorException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("42P01");
                        assertThat(e.getErrorCode()).isEqualTo(Integer.parseInt("42P01", 36));
                        assertThat(e.getMessage()).isEqualTo("Nothing is scripted for: select x");
                    });
            assertThatThrownBy(() -> statement.executeQuery("fail NOT_SUPPORTED"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> statement.executeQuery("defect"))
                    .hasMessage("A defect in Calque; the server's log has the details")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"));
            try (ResultSet rows = statement.executeQuery("break 200000")) {
                assertThatThrownBy(() -> {
                            while (rows.next()) {
                                rows.getLong(1);
                            }
                        })
                        .hasMessageContaining("failed after 200000 rows")
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("HV000"));
            }
        }
    }

    @Test
    void passesWarningsOn() throws SQLException {
        engine.answer(
                "partial",
                ScriptedAnswer.of(List.of(DataType.BIGINT), List.of(1L)).warning("01P01", "Source 'crm' is missing"));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("partial")) {
            assertThat(statement.getWarnings().getMessage()).isEqualTo("Source 'crm' is missing");
            assertThat(rows.getWarnings().getSQLState()).isEqualTo("01P01");
            statement.clearWarnings();
            assertThat((Object) statement.getWarnings()).isNull();
        }
    }

    @Test
    void refusesBatchesAndAcceptsTransactions() throws SQLException {
        connection.setAutoCommit(false);
        connection.commit();
        connection.rollback();
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.isValid(1)).isTrue();
        assertThat(connection.isReadOnly()).isTrue();
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.addBatch("x"))
                    .isInstanceOfSatisfying(
                            SQLFeatureNotSupportedException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
        }
    }

    @Test
    void keepsSettingsAndRefusesUnknownOnes() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SET fetch TO y")).isFalse();
            assertThat(statement.getUpdateCount()).isZero();
            try (ResultSet rows = statement.executeQuery("SHOW fetch")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("y");
            }
        }
        String url = "jdbc:calque://127.0.0.1:" + server.port() + "/?statement_timeout=5s";
        try (Connection other = DriverManager.getConnection(url);
                ResultSet rows = other.createStatement().executeQuery("SHOW statement_timeout")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("5s");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url.replace("statement_timeout", "statment_timeout")))
                .hasMessageContaining("Did you mean 'statement_timeout'");
    }

    @Test
    void refusesNumbersThatDoNotFit() throws SQLException {
        engine.answer("big", ScriptedAnswer.of(List.of(DataType.BIGINT), List.of(3_000_000_000L)));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("big")) {
            rows.next();
            assertThatThrownBy(() -> rows.getInt(1))
                    .isInstanceOfSatisfying(
                            SQLDataException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("22003"));
            assertThat(rows.getLong(1)).isEqualTo(3_000_000_000L);
        }
    }
}
