package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard Avatica client against the endpoint. */
@Timeout(120)
class AvaticaClientTest {
    private static final long NOON = Instant.parse("2024-07-10T12:34:56.789Z").toEpochMilli();

    private final ScriptedEngine engine = new ScriptedEngine();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open());
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(engine.openRuns()).isZero();
    }

    private Connection connect(String serialization) throws SQLException {
        return connect(serialization, server.port());
    }

    private static Connection connect(String serialization, int port) throws SQLException {
        return new org.apache.calcite.avatica.remote.Driver()
                .connect(
                        "jdbc:avatica:remote:url=http://127.0.0.1:" + port + "/;serialization=" + serialization
                                + ";transparent_reconnection=true",
                        new Properties());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROTOBUF", "JSON"})
    void readsEveryType(String serialization) throws SQLException {
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
                                DataType.decimal(20, 4),
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
                                Long.MAX_VALUE,
                                1.5,
                                Math.PI,
                                new BigDecimal("12345.6789"),
                                "Größe 😀",
                                new byte[] {0, -1, 5},
                                19_914L,
                                45_296_789L,
                                NOON,
                                NOON,
                                Arrays.asList(1L, 2L)),
                        Arrays.asList(new Object[14])));
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("types")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
            assertThat(rows.getShort(2)).isEqualTo((short) -7);
            assertThat(rows.getInt(3)).isEqualTo(2_000_000_000);
            assertThat(rows.getLong(4)).isEqualTo(Long.MAX_VALUE);
            assertThat(rows.getFloat(5)).isEqualTo(1.5f);
            assertThat(rows.getDouble(6)).isEqualTo(Math.PI);
            assertThat(rows.getBigDecimal(7)).isEqualByComparingTo("12345.6789");
            assertThat(rows.getString(8)).isEqualTo("Größe 😀");
            assertThat(rows.getBytes(9)).containsExactly(0, -1, 5);
            assertThat(rows.getDate(10)).isEqualTo(Date.valueOf("2024-07-10"));
            assertThat(rows.getTime(11)).hasToString("12:34:56");
            assertThat(rows.getTimestamp(12)).isEqualTo(Timestamp.valueOf("2024-07-10 12:34:56.789"));
            assertThat(rows.getString(13)).isEqualTo("2024-07-10 12:34:56.789+00:00");
            assertThat((Object[]) rows.getArray(14).getArray()).containsExactly(1, 2);
            assertThat(rows.getObject(14)).isNotNull();
            assertThat(rows.next()).isTrue();
            for (int i = 1; i <= 14; i++) {
                assertThat(rows.getObject(i)).as("column %s", i).isNull();
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROTOBUF", "JSON"})
    void sendsParameters(String serialization) throws SQLException {
        String sql = "echo BIGINT; DECIMAL(20, 3); VARCHAR; DATE; TIME; TIMESTAMP; VARCHAR; DOUBLE";
        try (Connection connection = connect(serialization);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, 1L << 60);
            // Avatica's JSON carries decimals as doubles
            statement.setBigDecimal(2, new BigDecimal("1234567.125"));
            statement.setString(3, "ß");
            statement.setDate(4, Date.valueOf("1999-12-31"));
            statement.setTime(5, Time.valueOf("23:59:58"));
            statement.setTimestamp(6, Timestamp.valueOf("2024-07-01 00:00:00.25"));
            statement.setNull(7, Types.VARCHAR);
            statement.setDouble(8, 0.1);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(1L << 60);
                assertThat(rows.getBigDecimal(2)).isEqualByComparingTo("1234567.125");
                assertThat(rows.getString(3)).isEqualTo("ß");
                assertThat(rows.getDate(4)).isEqualTo(Date.valueOf("1999-12-31"));
                assertThat(rows.getTime(5)).isEqualTo(Time.valueOf("23:59:58"));
                assertThat(rows.getTimestamp(6)).isEqualTo(Timestamp.valueOf("2024-07-01 00:00:00.25"));
                assertThat(rows.getString(7)).isNull();
                assertThat(rows.getDouble(8)).isEqualTo(0.1);
            }
        }
    }

    @Test
    void pagesThroughManyRows() throws SQLException {
        try (Connection connection = connect("PROTOBUF");
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(777);
            long count = 0;
            try (ResultSet rows = statement.executeQuery("rows 20000")) {
                while (rows.next()) {
                    assertThat(rows.getLong(1)).isEqualTo(count++);
                }
            }
            assertThat(count).isEqualTo(20_000);
            statement.setMaxRows(5);
            count = 0;
            try (ResultSet rows = statement.executeQuery("rows 20000")) {
                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(5);
        }
    }

    @Test
    void resumesAResultAfterAServerRestart() throws SQLException {
        int port = server.port();
        try (Connection connection = connect("PROTOBUF", port);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(100);
            try (ResultSet rows = statement.executeQuery("rows 5000")) {
                long expected = 0;
                while (rows.next()) {
                    assertThat(rows.getLong(1)).isEqualTo(expected++);
                    if (expected == 2500) {
                        server.close();
                        server = HttpServer.start(HttpServerConfig.of("127.0.0.1", port), engine, Authenticator.open());
                    }
                }
                assertThat(expected).isEqualTo(5000);
            }
        }
    }

    @Test
    void runsAgainAfterAServerRestart() throws SQLException {
        int port = server.port();
        try (Connection connection = connect("PROTOBUF", port);
                Statement statement = connection.createStatement()) {
            statement.executeQuery("rows 1").close();
            server.close();
            server = HttpServer.start(HttpServerConfig.of("127.0.0.1", port), engine, Authenticator.open());
            try (ResultSet rows = statement.executeQuery("rows 3")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void saysErrorsWithTheirSqlState() throws SQLException {
        try (Connection connection = connect("PROTOBUF");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("nonsense"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("42P01");
                        assertThat(e.getMessage()).contains("Nothing is scripted for: nonsense");
                        assertThat(e.getErrorCode()).isEqualTo(Integer.parseInt("42P01", 36));
                    });
            assertThat(statement.execute("SET fetch TO y")).isFalse();
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isNotNull();
            connection.commit();
        }
    }
}
