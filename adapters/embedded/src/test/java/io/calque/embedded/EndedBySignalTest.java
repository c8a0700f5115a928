package io.calque.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.calque.embedded.chinook.ChinookWorld;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class EndedBySignalTest {
    /** Of the masks in /proc: signal 2 is the second bit. */
    private static final long SIGINT_BIT = 1L << 1;

    /** What the child process runs: the sample, until a signal comes. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (ChinookWorld world = ChinookWorld.start()) {
                System.out.println(world.sales().jdbcUrl());
                new CountDownLatch(1).await();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void leavesNoProcessAndNoTemporaryFile(String signal, @TempDir Path temporary) throws Exception {
        assumeFalse(
                signal.equals("INT") && interruptIsIgnored(),
                "skipped: this build runs as a background job whose shell ignores SIGINT, and child processes inherit that");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(new File("/dev/null"))
                .start();
        try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
            Optional<String> url =
                    output.lines().filter(line -> line.startsWith("jdbc:")).findFirst();
            assertThat(url).isPresent();
            assertThat(files(temporary)).isNotEmpty();
            ProcessHandle postmaster =
                    ProcessHandle.of(postmasterPid(temporary)).orElseThrow();

            new ProcessBuilder("kill", "-" + signal, Long.toString(holder.pid())).start();

            assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            postmaster.onExit().get(5, TimeUnit.SECONDS);
            assertThat(files(temporary)).isEmpty();
        } finally {
            holder.destroy();
        }
    }

    /** A shell without job control starts {@code command &} with SIGINT ignored; a JVM then never hears of Ctrl-C. */
    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring("SigIgn:".length()).trim())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0);
        }
    }

    private static long postmasterPid(Path temporary) throws IOException {
        try (Stream<Path> files = Files.find(temporary, 3, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            Path pidFile = files.findFirst().orElseThrow();
            return Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
        }
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        }
    }
}
