package io.calque.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.testkit.TestServers;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts. {@code -Dgolden.update=true} writes what was answered into them; differences from PostgreSQL, or between
 * pushdown on and off, fail all the same. {@code -Dscripts=names,window} runs only those whose names say so.
 */
class ScriptIT {
    /** Quidem has commands of the same names, which would come first; those in files are read as {@code !calque.name}. */
    static final String OURS = "calque.";

    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

    private static Connection reference;
    private static String url;
    private static Connection engine;

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".iq"))
                    .filter(ScriptIT::isWanted)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isWanted(Path script) {
        String wanted = System.getProperty("scripts", "");
        return wanted.isEmpty()
                || List.of(wanted.split(","))
                        .contains(script.getFileName().toString().replace(".iq", ""));
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        reference = ChinookReference.load(TestServers.postgres()).database().connect();
        Path configuration = directory.resolve("calque.yaml");
        Files.writeString(configuration, ChinookConfiguration.yaml(TestServers.chinook()));
        url = "jdbc:calque:file:" + configuration;
        // The engine lives as long as a connection does.
        engine = DriverManager.getConnection(url);
    }

    @AfterAll
    static void stop() throws SQLException {
        reference.close();
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void answersAsTheScriptSays(Path script) throws Exception {
        String expected = Files.readString(script);
        StringWriter written = new StringWriter();
        ScriptCommands commands;
        try (Connection connection = DriverManager.getConnection(url);
                Connection withoutPushdown = DriverManager.getConnection(url)) {
            try (Statement statement = withoutPushdown.createStatement()) {
                statement.execute("SET pushdown = off");
            }
            commands = new ScriptCommands(withoutPushdown, reference);
            run(expected, written, connection, commands);
        }
        String actual = written.toString().replace("\n!" + OURS, "\n!");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(script, actual);
        }
        assertThat(commands.differences()).isEmpty();
        assertThat(actual).isEqualTo(Files.readString(script));
    }

    private static void run(String script, StringWriter written, Connection connection, ScriptCommands commands) {
        new Quidem(Quidem.configBuilder()
                        .withReader(new StringReader("!use chinook\n" + script.replace("\n!", "\n!" + OURS)))
                        .withWriter(written)
                        .withConnectionFactory((name, isReference) -> isReference ? null : connection)
                        .withCommandHandler(commands)
                        .build())
                .execute();
        written.getBuffer().delete(0, "!use chinook\n".length());
    }
}
