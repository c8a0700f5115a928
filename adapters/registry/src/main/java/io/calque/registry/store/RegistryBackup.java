package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.CatalogSnapshot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies of a registry's file, made while it is in use, and taken back. Stateless.
 *
 * <p>A backup is a registry file like any other, whole and without a journal. Files that are refused are left as they are.
 */
public final class RegistryBackup {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** What SQLite may keep beside a database. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private final Clock clock;
    private final Duration patience;

    public RegistryBackup(Clock clock) {
        this(clock, Registry.PATIENCE);
    }

    RegistryBackup(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Writes the newest state of {@code registry} to {@code target}; readers and writers go on meanwhile.
     *
     * @return what stands in the copy
     * @throws QueryException INVALID_PARAMETER when {@code target} exists; REGISTRY_FAILED when {@code registry} is not there, is
     *     damaged, of a newer layout or not ours, or when the copy cannot be written; an unfinished copy is removed
     */
    public CatalogSnapshot save(Path registry, Path target) {
        if (Files.exists(target)) {
            throw new QueryException(
                    ErrorCode.INVALID_PARAMETER, "The backup '" + target + "' exists; name a file that does not");
        }
        mustBeFile(registry, "schema registry");
        Path unfinished = sibling(target, ".unfinished");
        try {
            copy(registry, unfinished);
            CatalogSnapshot saved = check(unfinished);
            force(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return saved;
        } catch (IOException e) {
            throw failed("The backup '" + target + "' cannot be written", e);
        } finally {
            deleteWithCompanions(unfinished);
        }
    }

    /**
     * Puts {@code backup} in the place of {@code registry}; what was there is kept aside.
     *
     * @throws QueryException REGISTRY_FAILED when the backup is damaged, of a newer layout or not ours; REGISTRY_BUSY when another
     *     process uses the registry. The registry is then as it was
     */
    public Restored restore(Path backup, Path registry) {
        mustBeFile(backup, "backup");
        if (sameFile(backup, registry)) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "The backup '" + backup + "' is the registry itself");
        }
        Path incoming = sibling(registry, ".incoming");
        try {
            Path parent = registry.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            deleteWithCompanions(incoming);
            copy(backup, incoming);
            CatalogSnapshot restored = bringForward(incoming);
            force(incoming);
            Optional<Path> replaced = Files.exists(registry) ? Optional.of(putAside(registry)) : Optional.empty();
            Files.move(incoming, registry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Restored(restored, replaced);
        } catch (IOException e) {
            throw failed("The backup '" + backup + "' cannot be restored to '" + registry + "'", e);
        } finally {
            deleteWithCompanions(incoming);
        }
    }

    /**
     * Looks at every page and every reference of the file.
     *
     * @return what is wrong, for people; empty for a sound file
     * @throws QueryException as {@link Registry#open} for a file that cannot be looked into at all
     */
    public List<String> problems(Path registry) {
        mustBeFile(registry, "schema registry");
        return on(registry, connection -> {
            Migrations.layout(connection, "'" + registry + "'");
            return problems(connection);
        });
    }

    private static List<String> problems(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        Sql.each(connection, "PRAGMA integrity_check", row -> {
            if (!row.getString(1).equals("ok")) {
                problems.add(row.getString(1));
            }
        });
        Sql.each(
                connection,
                "PRAGMA foreign_key_check",
                row -> problems.add("a row of " + row.getString(1) + " refers to nothing in " + row.getString(3)));
        return problems;
    }

    /** VACUUM INTO reads one consistent state and leaves no journal; {@code target} is new. */
    private void copy(Path from, Path target) {
        FileHeader.check(from, "'" + from + "'");
        on(from, connection -> {
            long layout = Migrations.layout(connection, "'" + from + "'");
            if (layout == 0) {
                throw new QueryException(ErrorCode.REGISTRY_FAILED, "The file '" + from + "' is empty, no registry");
            }
            return Sql.update(connection, "VACUUM INTO ?1", target.toString());
        });
    }

    private CatalogSnapshot check(Path file) {
        return on(file, connection -> {
            List<String> problems = problems(connection);
            if (!problems.isEmpty()) {
                throw new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The schema registry '" + file + "' is damaged: " + problems.get(0) + ". It is left as it is");
            }
            // A file of an older layout lacks tables that this Calque reads; whoever opens it brings it forward.
            return Migrations.layout(connection, "'" + file + "'") < Migrations.SCRIPTS.size()
                    ? StoredCatalog.EMPTY.observed()
                    : new CatalogReader(connection).newest(StoredCatalog.EMPTY).observed();
        });
    }

    /** Migrates and reads the copy: what cannot be opened must not take the place of what can. */
    private CatalogSnapshot bringForward(Path incoming) {
        on(incoming, connection -> {
            Migrations.apply(connection, "'" + incoming + "'");
            return 0;
        });
        return check(incoming);
    }

    /** The registry's file as it is now, under another name; it also stays in its place until the copy takes it. */
    private Path putAside(Path registry) throws IOException {
        Path aside = free(registry, ".replaced-" + STAMP.format(clock.instant()));
        closeJournal(registry);
        for (String companion : COMPANIONS) {
            Path beside = sibling(registry, companion);
            if (Files.exists(beside)) {
                Files.move(beside, sibling(aside, companion));
            }
        }
        try {
            Files.createLink(aside, registry);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(registry, aside, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return aside;
    }

    /**
     * Leaving WAL is granted to the only user of a file, so it both proves that nobody else is there and folds the journal in. A file
     * that is no sound database has no users to lose anything.
     */
    private void closeJournal(Path registry) {
        try {
            on(registry, connection -> {
                Sql.each(connection, "PRAGMA journal_mode = DELETE", row -> {});
                return 0;
            });
        } catch (QueryException e) {
            if (e.code() == ErrorCode.REGISTRY_BUSY) {
                throw e;
            }
        }
    }

    private static Path free(Path registry, String suffix) {
        Path wanted = sibling(registry, suffix);
        for (int i = 2; Files.exists(wanted); i++) {
            wanted = sibling(registry, suffix + "-" + i);
        }
        return wanted;
    }

    private <T> T on(Path file, RegistryDatabase.Work<T> work) {
        String location = "'" + file + "'";
        try (Connection connection = RegistryDatabase.connect(file.toString(), patience, location)) {
            return work.run(connection);
        } catch (SQLException e) {
            throw StoreFailure.of(location, e);
        }
    }

    private static void mustBeFile(Path file, String what) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED, "The " + what + " '" + file + "' is no file that this user can read");
        }
    }

    private static boolean sameFile(Path one, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void deleteWithCompanions(Path file) {
        try {
            Files.deleteIfExists(file);
            for (String companion : COMPANIONS) {
                Files.deleteIfExists(sibling(file, companion));
            }
        } catch (IOException e) {
            throw failed("The unfinished copy '" + file + "' cannot be removed", e);
        }
    }

    private static QueryException failed(String what, IOException cause) {
        return new QueryException(ErrorCode.REGISTRY_FAILED, what + ": " + cause.getMessage(), cause);
    }

    /**
     * @param snapshot what the registry holds now, as the sources are
     * @param replaced where the file is that was in its place; empty when there was none
     */
    public record Restored(CatalogSnapshot snapshot, Optional<Path> replaced) {}
}
