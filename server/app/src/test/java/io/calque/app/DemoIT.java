package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void showsThreeDatabasesJoined() {
        CliRun ended = CliRun.in(directory, "demo", "--exit", "--port", "0");

        assertThat(ended.error()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("tables 3 in music, 3 in office, 3 in sales")
                .containsPattern("listening jdbc:calque://127.0.0.1:\\d+/")
                .contains("Which five genres earned most from German customers in 2012?  (calque ask)")
                .contains("3. Read sales.public.customer where country is 'Germany'.")
                .contains("And from French ones?  (calque ask)")
                .contains("Confidence: ")
                .contains(" Rock  | Canada  | Jane Peacock  |   78.21")
                .contains(" Jane Peacock  | Sales Support Agent |")
                .contains("to music   db.artists.find({}, {_id: 1, albums: 1}) /* unwound here: albums, albums.tracks")
                .contains("to sales   SELECT ")
                .contains("to office  SELECT ");
    }

    @Test
    void saysThatThePortIsTakenBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CliRun ended = CliRun.in(directory, "demo", "--exit", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
            assertThat(ended.error())
                    .contains("Port " + taken.getLocalPort() + " is in use. Choose another with --port N");
            assertThat(ended.out()).isEmpty();
        }
    }
}
