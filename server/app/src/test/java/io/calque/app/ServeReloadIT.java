package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque serve} as a process of its own, whose configuration changes under it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
final class ServeReloadIT {
    private static final Pattern LISTENING = Pattern.compile("Calque is listening: (\\S+)");

    @TempDir
    private Path directory;

    private Path config;
    private Process server;
    private BufferedReader told;
    private String url;

    @BeforeEach
    void serve() throws IOException, SQLException {
        config = directory.resolve("calque.yaml");
        configure("shop", "first");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                "0",
                "--config",
                config.toString()));
        server = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        told = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        Matcher listening = LISTENING.matcher(lineWith("Calque is listening"));
        assertThat(listening.find()).isTrue();
        url = listening.group(1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesOverWhatChangedOnHangUp() throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(name(connection, "shop")).isEqualTo("first");

            configure("store", "second");
            hangUp();
            assertThat(lineWith("Configuration read again")).contains("added store; removed shop");
            assertThat(name(connection, "store")).isEqualTo("second");
            assertThatThrownBy(() -> name(connection, "shop"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));

            Files.writeString(config, "sources:\n  store: {kind: sqlite\n");
            hangUp();
            assertThat(lineWith("The old configuration stays in force"))
                    .contains("calque.yaml")
                    .containsPattern("calque.yaml:\\d+:\\d+: not valid YAML");
            assertThat(name(connection, "store")).isEqualTo("second");

            configure("third", "third");
            hangUp();
            assertThat(lineWith("Configuration read again")).contains("added third; removed store");
            assertThat(name(connection, "third")).isEqualTo("third");
        }
    }

    private void configure(String source, String name) throws IOException, SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (name TEXT)");
            statement.executeUpdate("INSERT INTO item VALUES ('" + name + "')");
        }
        // in one step, as an editor saves: the file is watched, too
        Path next = Files.writeString(
                directory.resolve("next.yaml"),
                "sources: {" + source + ": {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
        Files.move(next, config, StandardCopyOption.ATOMIC_MOVE);
    }

    private void hangUp() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(server.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Reads what the server says up to the line with {@code text}; the test's timeout ends a wait in vain. */
    private String lineWith(String text) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            before.add(line);
        }
        throw new AssertionError("the server ended without saying '" + text + "': " + before);
    }

    private static String name(Connection connection, String source) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM " + source + ".item")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
