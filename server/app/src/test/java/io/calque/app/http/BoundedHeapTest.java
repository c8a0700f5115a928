package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A result of millions of rows passes through server and driver in a heap that could not hold a fraction of it. */
@Timeout(120)
class BoundedHeapTest {
    private static final long ROWS = 3_000_000;

    /** Server and client together, in the small JVM. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws SQLException {
            try (HttpServer server = HttpServer.start(
                            HttpServerConfig.of("127.0.0.1", 0), new ScriptedEngine(), Authenticator.open());
                    Connection connection =
                            DriverManager.getConnection("jdbc:calque://127.0.0.1:" + server.port() + "/");
                    PreparedStatement statement = connection.prepareStatement("repeat " + ROWS);
                    ResultSet rows = statement.executeQuery()) {
                long count = 0;
                while (rows.next()) {
                    count += rows.getString(1).isEmpty() ? 0 : 1;
                }
                System.out.println("rows " + count);
            }
        }
    }

    @Test
    void holdsOnePageAtATime() throws Exception {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor()).as(output).isZero();
        assertThat(output).contains("rows " + ROWS);
    }
}
