package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calque's driver when the server is restarted under it. */
@Timeout(60)
class RestartTest {
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

    private void restart() {
        int port = server.port();
        server.close();
        server = HttpServer.start(HttpServerConfig.of("127.0.0.1", port), engine, Authenticator.open());
    }

    @Test
    void goesOnWithItsSettings() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET fetch TO kept");
            restart();
            try (ResultSet rows = statement.executeQuery("SHOW fetch")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("kept");
            }
        }
    }

    @Test
    void preparesItsStatementsAgain() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("echo BIGINT")) {
            statement.setLong(1, 1);
            statement.executeQuery().close();
            restart();
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void saysThatAnOpenResultIsLost() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("rows 1000000")) {
            rows.next();
            restart();
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            rows.getLong(1);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("The rest of this result is gone");
            assertThat(statement.executeQuery("rows 1").next()).isTrue();
        }
    }

    @Test
    void saysThatNobodyAnswers() throws SQLException {
        server.close();
        assertThat(connection.isValid(1)).isFalse();
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("rows 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"))
                    .hasMessageContaining("Cannot reach http://127.0.0.1");
        }
        assertThatThrownBy(connection::close).isInstanceOf(SQLException.class);
    }
}
