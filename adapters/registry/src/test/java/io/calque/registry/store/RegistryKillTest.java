package io.calque.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it makes, migrates or publishes leaves the old version or the new one, whole. */
@Timeout(600)
class RegistryKillTest {
    private static final long SEED = 20240501;
    private static final int LONGEST_MILLIS = 1200;

    @TempDir
    Path directory;

    @Test
    void aKilledProcessLeavesAWholeVersion() throws Exception {
        int kills = Boolean.getBoolean("calque.full") ? 100 : 5;
        Random random = new Random(SEED);
        for (int kill = 0; kill < kills; kill++) {
            // The same file goes through two kills: the second finds what the first left.
            Path file = directory.resolve("registry" + kill / 2 + ".db");
            runAndKill(file, random.nextInt(LONGEST_MILLIS));
            check(file);
        }
    }

    private static void runAndKill(Path file, int millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PublishingProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null && !line.equals("ready"); line = output.readLine()) {
                said.add(line);
            }
            assertThat(process.isAlive()).as("%s", said).isTrue();
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void check(Path file) throws SQLException {
        try (Registry registry = Registry.open(file, Clock.systemUTC())) {
            CatalogSnapshot current = registry.current();
            assertThat(registry.history()).hasSize((int) current.version());
            if (current.version() > 0) {
                whole(current);
                whole(registry.snapshotAt(current.version()).orElseThrow());
                whole(registry.snapshotAt(1).orElseThrow());
            }
            registry.publish(PublishingProcess.observation(0));
            registry.publish(PublishingProcess.observation(1));
            whole(registry.current());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(result.getString(1)).isEqualTo("ok");
        }
    }

    private static void whole(CatalogSnapshot snapshot) {
        SourceSnapshot source = snapshot.source(PublishingProcess.SOURCE).orElseThrow();
        int columns = source.product().equals("five") ? 5 : 8;
        assertThat(source.tables()).hasSize(PublishingProcess.TABLES).allSatisfy(t -> {
            assertThat(t.columns()).hasSize(columns);
            assertThat(t.statistics().columns()).hasSize(columns);
            assertThat(t.primaryKey()).isPresent();
        });
    }
}
