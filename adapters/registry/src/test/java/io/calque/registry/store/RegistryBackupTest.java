package io.calque.registry.store;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.ORDERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.registry.MutableClock;
import io.calque.registry.SampleTables;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies are whole, restoring loses nothing, and what is refused changes nothing. */
class RegistryBackupTest {
    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private final RegistryBackup backups = new RegistryBackup(clock, Duration.ofMillis(50));

    private Path path(String name) {
        return directory.resolve(name);
    }

    private void fill(Path file, TableDescriptor... tables) {
        try (Registry registry = Registry.open(file, clock)) {
            registry.publish(new SourceObservation(CRM, "postgresql", "p", List.of(tables), clock.instant()));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void aBackupOfAnOpenRegistryIsOneConsistentState() throws Exception {
        Path file = path("r.db");
        SourceId source = new SourceId("busy");
        AtomicBoolean done = new AtomicBoolean();
        try (Registry registry = Registry.open(file, Clock.systemUTC())) {
            registry.publish(round(source, 1));
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int round = 2; !done.get(); round++) {
                    registry.publish(round(source, 1 + round % 20));
                }
            });
            for (int copy = 0; copy < 5; copy++) {
                Path target = path("copy" + copy + ".db");
                new RegistryBackup(clock).save(file, target);
                try (Registry opened = Registry.open(target, clock)) {
                    CatalogSnapshot saved = opened.current();
                    int columns =
                            Integer.parseInt(saved.source(source).orElseThrow().product());
                    assertThat(saved.source(source).orElseThrow().tables())
                            .hasSize(30)
                            .allSatisfy(t -> assertThat(t.columns()).hasSize(columns));
                    assertThat(opened.history()).hasSize((int) saved.version());
                }
            }
            done.set(true);
            writing.get(30, TimeUnit.SECONDS);
        }
        assertThat(files()).noneMatch(name -> name.contains("unfinished"));
    }

    private static SourceObservation round(SourceId source, int columns) {
        return new SourceObservation(
                source, "fake", String.valueOf(columns), SampleTables.many(source, 30, columns), Instant.EPOCH);
    }

    @Test
    void restoringKeepsTheReplacedFileAside() throws IOException {
        fill(path("r.db"), customers());
        backups.save(path("r.db"), path("b.db"));
        fill(path("r.db"), orders());

        RegistryBackup.Restored restored = backups.restore(path("b.db"), path("r.db"));

        assertThat(restored.snapshot().version()).isEqualTo(1);
        assertThat(restored.replaced()).contains(path("r.db.replaced-" + "20240501T100000Z"));
        try (Registry now = Registry.open(path("r.db"), clock);
                Registry before = Registry.open(restored.replaced().orElseThrow(), clock)) {
            assertThat(now.current().table(CUSTOMERS)).contains(customers());
            assertThat(before.current().table(ORDERS)).contains(orders());
        }
        backups.restore(path("b.db"), path("r.db"));
        assertThat(files())
                .contains("b.db", "r.db", "r.db.replaced-20240501T100000Z", "r.db.replaced-20240501T100000Z-2");
        assertThat(files()).noneMatch(name -> name.contains("incoming"));
    }

    @Test
    void restoresToAPlaceWhereNothingIsYet() {
        fill(path("r.db"), customers());
        backups.save(path("r.db"), path("b.db"));
        assertThat(backups.restore(path("b.db"), path("new/dir/r.db")).replaced())
                .isEmpty();
        try (Registry registry = Registry.open(path("new/dir/r.db"), clock)) {
            assertThat(registry.current().table(CUSTOMERS)).isPresent();
        }
    }

    @Test
    void replacesADamagedRegistryAndKeepsItByteByByte() throws IOException {
        fill(path("r.db"), customers());
        backups.save(path("r.db"), path("b.db"));
        Files.writeString(path("r.db"), "not a database at all, and long enough to have a header. ".repeat(100));
        byte[] damaged = Files.readAllBytes(path("r.db"));

        RegistryBackup.Restored restored = backups.restore(path("b.db"), path("r.db"));

        assertThat(Files.readAllBytes(restored.replaced().orElseThrow())).isEqualTo(damaged);
        Registry.open(path("r.db"), clock).close();
    }

    @Test
    void refusesToReplaceARegistryThatIsInUse() throws IOException {
        fill(path("r.db"), customers());
        backups.save(path("r.db"), path("b.db"));
        try (Registry user = Registry.open(path("r.db"), clock)) {
            fails(
                    () -> backups.restore(path("b.db"), path("r.db")),
                    ErrorCode.REGISTRY_BUSY,
                    "Another process holds the schema registry");
            user.publish(new SourceObservation(CRM, "postgresql", "p", List.of(orders()), clock.instant()));
            assertThat(user.current().table(ORDERS)).isPresent();
        }
        assertThat(files()).noneMatch(name -> name.contains("replaced") || name.contains("incoming"));
    }

    @Test
    void refusesADamagedBackupAndLeavesTheRegistryAlone() throws IOException {
        fill(path("r.db"), SampleTables.many(CRM, 50, 10).toArray(TableDescriptor[]::new));
        backups.save(path("r.db"), path("b.db"));
        byte[] registry = Files.readAllBytes(path("r.db"));
        try (RandomAccessFile damaged = new RandomAccessFile(path("b.db").toFile(), "rw")) {
            damaged.seek(damaged.length() / 2);
            damaged.write(new byte[8192]);
        }
        fails(() -> backups.restore(path("b.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "damaged");
        Files.writeString(
                path("text.db"), "nothing of the kind, but long enough to be a header of a file. ".repeat(20));
        fails(() -> backups.restore(path("text.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "no SQLite file");
        fails(() -> backups.restore(path("gone.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "is no file");
        fails(() -> backups.restore(path("r.db"), path("r.db")), ErrorCode.INVALID_PARAMETER, "is the registry itself");
        assertThat(Files.readAllBytes(path("r.db"))).isEqualTo(registry);
        assertThat(files()).containsExactly("b.db", "r.db", "text.db");
    }

    @Test
    void refusesBackupsOfOthersAndOfNewerCalques() throws Exception {
        fill(path("r.db"), customers());
        backups.save(path("r.db"), path("newer.db"));
        execute(path("newer.db"), "PRAGMA user_version = 99");
        execute(path("other.db"), "CREATE TABLE mine (a INTEGER)");
        execute(path("empty.db"), "VACUUM");
        byte[] registry = Files.readAllBytes(path("r.db"));

        fails(() -> backups.restore(path("newer.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "has layout 99");
        fails(() -> backups.restore(path("other.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "no schema registry");
        fails(() -> backups.restore(path("empty.db"), path("r.db")), ErrorCode.REGISTRY_FAILED, "is empty");
        assertThat(Files.readAllBytes(path("r.db"))).isEqualTo(registry);
    }

    @Test
    void neverWritesOverABackup() throws IOException {
        fill(path("r.db"), customers());
        Files.writeString(path("b.db"), "precious");
        fails(() -> backups.save(path("r.db"), path("b.db")), ErrorCode.INVALID_PARAMETER, "exists");
        fails(() -> backups.save(path("none.db"), path("c.db")), ErrorCode.REGISTRY_FAILED, "is no file");
        assertThat(path("b.db")).hasContent("precious");
        assertThat(files()).containsExactly("b.db", "r.db");
    }

    @Test
    void findsWhatIsWrongInAFile() throws SQLException {
        fill(path("r.db"), customers());
        assertThat(backups.problems(path("r.db"))).isEmpty();
        execute(path("r.db"), "PRAGMA foreign_keys = OFF", "DELETE FROM tables");
        assertThat(backups.problems(path("r.db"))).anyMatch(p -> p.contains("refers to nothing in tables"));
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
