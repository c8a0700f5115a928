package io.calque.registry.store;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.customers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.calque.registry.MutableClock;
import io.calque.registry.SampleTables;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Catalog.Existing;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a file; whatever it is, nothing is overwritten. */
class RegistryFileTest {
    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();

    private Path file() {
        return directory.resolve("registry.db");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void fill() {
        try (Registry registry = Registry.open(file(), clock)) {
            registry.publish(new SourceObservation(CRM, "postgresql", "p", List.of(customers()), clock.instant()));
        }
    }

    private void refused(ErrorCode code, String message) throws IOException {
        byte[] before = Files.isRegularFile(file()) ? Files.readAllBytes(file()) : new byte[0];
        fails(() -> Registry.open(file(), clock, Duration.ofMillis(50)).close(), code, message);
        byte[] after = Files.isRegularFile(file()) ? Files.readAllBytes(file()) : new byte[0];
        assertThat(Arrays.equals(after, before)).isTrue();
    }

    private static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void makesTheDirectoryItLivesIn() {
        Path deep = directory.resolve("a/b/registry.db");
        Registry.open(deep, clock).close();
        assertThat(deep).exists();
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(
                file(),
                "this is a text that is long enough to be taken for the header of a database file. ".repeat(20));
        refused(ErrorCode.REGISTRY_FAILED, "is damaged or no SQLite file; it is left as it is");
    }

    @Test
    void refusesAnotherProgramsDatabase() throws Exception {
        execute("CREATE TABLE mine (a INTEGER)");
        refused(ErrorCode.REGISTRY_FAILED, "is an SQLite database, but no schema registry");
    }

    @Test
    void refusesAFileOfANewerCalque() throws Exception {
        fill();
        execute("PRAGMA user_version = 99");
        refused(
                ErrorCode.REGISTRY_FAILED,
                "has layout 99, this Calque knows layouts up to " + Migrations.SCRIPTS.size());
    }

    @Test
    void refusesADirectory() throws Exception {
        Files.createDirectory(file());
        refused(ErrorCode.REGISTRY_FAILED, "is a directory");
    }

    @Test
    void refusesADamagedFile() throws Exception {
        fill();
        execute("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE");
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            for (long page = 4096; page < damaged.length(); page += 4096) {
                damaged.seek(page);
                damaged.write(new byte[2048]);
            }
        }
        refused(ErrorCode.REGISTRY_FAILED, "is damaged");
    }

    @Test
    void waitsForAnotherWriterAndThenSaysThatItIsBusy() throws Exception {
        fill();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement();
                Registry registry = Registry.open(file(), clock, Duration.ofMillis(50))) {
            statement.execute("BEGIN IMMEDIATE");
            ViewDescriptor view = new ViewDescriptor("v", "select 1", List.of(), List.of(), "ann", clock.instant());

            fails(
                    () -> registry.createView(view, Existing.FAIL),
                    ErrorCode.REGISTRY_BUSY,
                    "Another process holds the schema registry");
            assertThat(registry.current().table(CUSTOMERS)).isPresent();

            statement.execute("ROLLBACK");
            registry.createView(view, Existing.FAIL);
            assertThat(registry.current().views()).hasSize(1);
        }
    }

    @Test
    void aNewFileThatAnotherProcessIsMakingIsBusy() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            statement.execute("CREATE TABLE half_made (a INTEGER)");
            refused(ErrorCode.REGISTRY_BUSY, "try again when it is done");
            statement.execute("ROLLBACK");
        }
        Registry.open(file(), clock).close();
    }

    @Test
    void saysWhenTheDiskIsFull() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 2");
            SQLException full = catchThrowableOfType(SQLException.class, () -> {
                statement.execute("CREATE TABLE t AS SELECT randomblob(100000)");
            });
            assertThat(StoreFailure.of("'r.db'", full))
                    .hasMessage("The disk that holds the schema registry 'r.db' is full; nothing was changed");
        }
    }

    @Test
    void saysWhenTheFileCannotBeWritten() throws SQLException {
        fill();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file() + "?mode=ro");
                Statement statement = connection.createStatement()) {
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("DELETE FROM versions"));
            assertThat(StoreFailure.of("'r.db'", refused))
                    .hasMessageContaining("'r.db' cannot be written; give this user the right")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REGISTRY_FAILED));
        }
    }

    @Test
    void aFullDiskChangesNothingAndIsOverWhenThereIsRoom() {
        RegistryDatabase database = RegistryDatabase.open(file(), Duration.ofMillis(50));
        try (Registry registry = Registry.over(database, clock)) {
            registry.publish(new SourceObservation(CRM, "postgresql", "p", List.of(customers()), clock.instant()));
            List<TableDescriptor> many = SampleTables.many(CRM, 300, 20);
            SourceObservation tooMuch = new SourceObservation(CRM, "postgresql", "p", many, clock.instant());
            bound(database, 80);

            fails(() -> registry.publish(tooMuch), ErrorCode.REGISTRY_FAILED, "is full; nothing was changed");
            assertThat(registry.current().version()).isEqualTo(1);
            assertThat(registry.snapshotAt(1).orElseThrow().table(CUSTOMERS)).contains(customers());

            bound(database, 1_000_000);
            assertThat(registry.publish(tooMuch).version()).isEqualTo(2);
            assertThat(registry.current().source(CRM).orElseThrow().tables()).hasSize(300);
        }
        assertThat(new RegistryBackup(clock).problems(file())).isEmpty();
    }

    /** SQLite says of its own bound just what it says of the disk's. */
    private static void bound(RegistryDatabase database, long pages) {
        database.write(c -> Sql.number(c, "PRAGMA max_page_count = " + pages));
    }

    @Test
    void refusesAFileThatWasCutShortAnywhere() throws Exception {
        try (Registry registry = Registry.open(file(), clock)) {
            registry.publish(
                    new SourceObservation(CRM, "postgresql", "p", SampleTables.many(CRM, 100, 10), clock.instant()));
        }
        execute("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE");
        byte[] whole = Files.readAllBytes(file());
        for (int length : new int[] {99, 512, 4096, 4097, whole.length / 2, whole.length - 4096, whole.length - 1}) {
            Files.write(file(), Arrays.copyOf(whole, length));
            refused(ErrorCode.REGISTRY_FAILED, "it is left as it is");
        }
    }

    @Test
    void refusesToMigrateADamagedFile() throws Exception {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            Migrations.apply(old, "old", 1);
        }
        execute("CREATE TABLE padding AS SELECT randomblob(40000) AS bytes", "CREATE INDEX i ON padding (bytes)");
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            damaged.seek(damaged.length() - 8 * 4096);
            damaged.write(new byte[4096]);
        }
        refused(ErrorCode.REGISTRY_FAILED, "is damaged; it is left as it is");
    }

    @Test
    void refusesRowsThatNoCalqueWrote() throws Exception {
        fill();
        execute("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE", "UPDATE tables SET kind = 'CHAIR'");
        refused(ErrorCode.REGISTRY_FAILED, "a row holds what no Calque has written");
    }

    @Test
    void refusesAFileOrDirectoryThatCannotBeWritten() throws Exception {
        fill();
        assumeFalse(System.getProperty("user.name").equals("root"), "root may write everything");
        assertThat(file().toFile().setWritable(false)).isTrue();
        refused(ErrorCode.REGISTRY_FAILED, "must be a file this user can read and write");
        assertThat(file().toFile().setWritable(true)).isTrue();
        assertThat(directory.toFile().setWritable(false)).isTrue();
        try {
            refused(ErrorCode.REGISTRY_FAILED, "directory");
        } finally {
            assertThat(directory.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void metadataGoesOnAnsweringWhenTheFileFailsLater() throws Exception {
        fill();
        try (Registry registry = Registry.open(file(), clock)) {
            execute("DROP TABLE views");
            clock.advance(Duration.ofSeconds(2));
            assertThat(registry.current().table(CUSTOMERS)).contains(customers());
        }
    }
}
