package io.calque.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.SampleTables;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** A process killed while it makes, migrates or fills a registry leaves the old version or the new one, whole. */
@Timeout(900)
class RegistryKillTest {
    private static final long SEED = 20240501;
    private static final int LONGEST_MILLIS = 1200;
    /** In each of the two tests that kill processes. */
    private static final int KILLS = Boolean.getBoolean("calque.full") ? 50 : 5;

    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    void killedWhileItIntrospects() throws Exception {
        long versions = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // The same file goes through two kills: the second finds what the first left.
            Path file = directory.resolve("registry" + kill / 2 + ".db");
            runAndKill(random.nextInt(LONGEST_MILLIS), "introspect", file.toString());
            versions += check(file);
        }
        System.out.printf("%d kills while introspecting, after %d versions%n", KILLS, versions);
    }

    @Test
    void killedWhileItMigrates() throws Exception {
        Path old = oldRegistry();
        int half = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path here = Files.createDirectory(directory.resolve("kill" + kill));
            runAndKill(
                    random.nextInt(LONGEST_MILLIS),
                    "migrate",
                    old.toString(),
                    here.resolve("r.db").toString());
            for (Path file : databases(here)) {
                half += Files.exists(file.resolveSibling(file.getFileName() + "-journal")) ? 1 : 0;
                checkMigrated(file);
            }
        }
        System.out.printf("%d kills while migrating, %d of them inside a transaction%n", KILLS, half);
    }

    /** What lies on the disk at every step of a migration, as a process killed there would leave it. */
    @Test
    void everyMomentOfAMigrationLeavesAWholeRegistry() throws Exception {
        Path old = oldRegistry();
        Path file = directory.resolve("moving.db");
        Files.copy(old, file);
        int every = Boolean.getBoolean("calque.full") ? 10 : 250;
        List<Path> images = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            AtomicInteger steps = new AtomicInteger();
            ProgressHandler.setHandler(connection, 20, new ProgressHandler() {
                @Override
                protected int progress() {
                    if (steps.getAndIncrement() % every == 0) {
                        images.add(image(file, images.size()));
                    }
                    return 0;
                }
            });
            Migrations.apply(connection, "moving");
            ProgressHandler.clearHandler(connection);
        }
        assertThat(images).hasSizeGreaterThan(8);
        for (Path image : images) {
            checkMigrated(image);
        }
        System.out.printf("%d moments of a migration%n", images.size());
    }

    private Path image(Path file, int number) {
        Path image = directory.resolve("image" + number + ".db");
        try {
            Files.copy(file, image);
            for (String suffix : List.of("-journal", "-wal")) {
                Path beside = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(beside)) {
                    Files.copy(
                            beside,
                            image.resolveSibling(image.getFileName() + suffix),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return image;
    }

    /** A registry of the first layout, with something in every table that the newest one reads. */
    private Path oldRegistry() throws SQLException {
        Path file = directory.resolve("old.db");
        SourceId source = VictimProcess.SOURCE;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Migrations.apply(connection, "old", 1);
            Sql.update(
                    connection, "INSERT INTO versions VALUES (1, ?1, 'introspected victim')", Instant.EPOCH.toString());
            Sql.update(connection, "INSERT INTO sources VALUES (1, ?1, 'fake', 'five', 1, NULL)", source.value());
            connection.setAutoCommit(false);
            for (int table = 1; table <= VictimProcess.TABLES; table++) {
                Sql.update(
                        connection,
                        "INSERT INTO tables VALUES (?1, ?2, 'public', ?3, 'TABLE', '', NULL, 'f', 1, NULL)",
                        table,
                        source.value(),
                        "table_" + table);
                Sql.update(connection, "INSERT INTO statistics VALUES (?1, ?1, 10, NULL, 1, NULL)", table);
                Sql.update(connection, "INSERT INTO keys VALUES (?1, 1, 'pk', 1)", table);
                Sql.update(connection, "INSERT INTO key_columns VALUES (?1, 1, 1, 'column_1')", table);
                for (int column = 1; column <= 5; column++) {
                    Sql.update(
                            connection,
                            "INSERT INTO columns VALUES (?1, ?2, ?3, NULL, 'BIGINT', 'int8', 1, NULL, 'NONE', '', NULL)",
                            table,
                            column,
                            "column_" + column);
                    Sql.update(
                            connection,
                            "INSERT INTO column_statistics VALUES (?1, ?2, 1, 0, NULL, NULL, NULL, NULL, NULL)",
                            table,
                            "column_" + column);
                }
            }
            connection.commit();
        }
        return file;
    }

    private static List<Path> databases(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().matches("r\\.db\\.(\\d+|warm)"))
                    .sorted()
                    .toList();
        }
    }

    private static void runAndKill(int millis, String... arguments) throws IOException, InterruptedException {
        Process process = VictimProcess.start(arguments);
        try {
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long check(Path file) {
        long found;
        try (Registry registry = Registry.open(file, Clock.systemUTC())) {
            CatalogSnapshot current = registry.current();
            found = current.version();
            assertThat(registry.history()).hasSize((int) current.version());
            for (long version : new long[] {1, current.version() - 1, current.version()}) {
                if (version > 0 && version <= found) {
                    whole(registry.snapshotAt(version).orElseThrow());
                }
            }
            registry.publish(new SourceObservation(
                    VictimProcess.SOURCE,
                    "fake",
                    "later",
                    SampleTables.many(VictimProcess.SOURCE, 3, 2),
                    Instant.now()));
            assertThat(registry.current().version()).isEqualTo(found + 1);
            registry.publish(new SourceObservation(
                    VictimProcess.SOURCE,
                    "fake",
                    VictimProcess.observation(0).product(),
                    VictimProcess.observation(0).tables().stream()
                            .map(t -> t.withStatistics(VictimProcess.statistics(t)))
                            .toList(),
                    VictimProcess.observation(0).userTypes(),
                    Instant.now()));
            whole(registry.current());
        }
        assertThat(new RegistryBackup(Clock.systemUTC()).problems(file)).isEmpty();
        return found;
    }

    /** All of one round, nothing of another. */
    private static void whole(CatalogSnapshot snapshot) {
        SourceSnapshot source = snapshot.source(VictimProcess.SOURCE).orElseThrow();
        if (source.product().equals("later")) {
            return;
        }
        int columns = source.product().equals("five") ? 5 : 8;
        assertThat(source.userTypes().get(0).labels()).hasSize(columns);
        assertThat(source.tables()).hasSize(VictimProcess.TABLES).allSatisfy(t -> {
            assertThat(t.columns()).hasSize(columns);
            assertThat(t.statistics().columns()).hasSize(columns);
            assertThat(t.primaryKey()).isPresent();
        });
    }

    /** Of one layout or another, never between; and brought to the newest by whoever opens it. */
    private static void checkMigrated(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            long layout = Sql.number(connection, "PRAGMA user_version");
            long newTables = Sql.number(
                    connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('annotations', 'relationships')");
            assertThat(newTables).isEqualTo(layout >= 2 ? 2 : 0);
        }
        try (Registry registry = Registry.open(file, Clock.systemUTC())) {
            SourceSnapshot source =
                    registry.current().source(VictimProcess.SOURCE).orElseThrow();
            assertThat(source.tables()).hasSize(VictimProcess.TABLES).allSatisfy(t -> {
                assertThat(t.columns()).hasSize(5);
                assertThat(t.statistics().columns()).hasSize(5);
            });
        }
        assertThat(new RegistryBackup(Clock.systemUTC()).problems(file)).isEmpty();
    }
}
