package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.cli.Cli;
import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void showsThreeDatabasesJoined() {
        int code = run("demo", "--exit", "--port", "0");

        assertThat(error.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("tables 3 in music, 3 in office, 3 in sales")
                .containsPattern("listening jdbc:calque://127.0.0.1:\\d+/")
                .contains("How many customers live in Germany? (calque ask)")
                .contains("confidence: ")
                .contains(" Rock  | Canada  | Jane Peacock  |   78.21")
                .contains(" Jane Peacock  | Sales Support Agent |")
                .contains("to music   db.artists.find({}, {_id: 1, albums: 1}) /* unwound here: albums, albums.tracks")
                .contains("to sales   SELECT ")
                .contains("to office  SELECT ");
    }

    @Test
    void saysThatThePortIsTakenBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int code = run("demo", "--exit", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(error.toString(StandardCharsets.UTF_8))
                    .contains("Port " + taken.getLocalPort() + " is in use. Choose another with --port N");
            assertThat(out.toString()).isEmpty();
        }
    }

    private int run(String... arguments) {
        Invocation invocation = new Invocation(
                InputStream.nullInputStream(),
                out,
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Invocation.Terminals.NONE,
                new Interruption(),
                Map.of(),
                directory);
        return new Cli(invocation, new Main(Clock.systemUTC())).run(List.of(arguments));
    }
}
