package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The registry's file: a connection to read and one to write, so that a long publication holds up no reader.
 * Thread-safe; each connection serves one thread at a time.
 */
final class RegistryDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryDatabase.class);

    private final String location;
    private final Connection reader;
    private final @Nullable Connection second;
    private final Connection writer;
    private final ReentrantLock reading;
    private final ReentrantLock writing;

    private RegistryDatabase(
            String location,
            Connection reader,
            @Nullable Connection second,
            Connection writer,
            ReentrantLock reading,
            ReentrantLock writing) {
        this.location = location;
        this.reader = reader;
        this.second = second;
        this.writer = writer;
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * Opens the file, creating or migrating it, and making its directory, where needed.
     *
     * @param patience how long to wait for another process's transaction
     */
    static RegistryDatabase open(Path file, Duration patience) {
        String location = "'" + file + "'";
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file))) {
            String reason = Files.isDirectory(file) ? "is a directory" : "must be a file this user can read and write";
            throw new QueryException(ErrorCode.REGISTRY_FAILED, "The schema registry " + location + " " + reason);
        }
        makeDirectory(file, location);
        FileHeader.check(file, location);
        Connection writer = connect(file.toString(), patience, location);
        try {
            Migrations.apply(writer, location);
            Connection reader = connect(file.toString(), patience, location);
            Connection second = connect(file.toString(), patience, location);
            return new RegistryDatabase(location, reader, second, writer, new ReentrantLock(), new ReentrantLock());
        } catch (SQLException e) {
            closeQuietly(writer);
            throw StoreFailure.of(location, e);
        } catch (RuntimeException e) {
            closeQuietly(writer);
            throw e;
        }
    }

    private static void makeDirectory(Path file, String location) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(parent)) {
            return;
        }
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "The directory of the schema registry " + location + " cannot be made: " + e.getMessage(),
                    e);
        }
    }

    /** A registry that ends with the process: one connection, since each connection to memory is a database of its own. */
    static RegistryDatabase inMemory() {
        String location = "in memory";
        Connection connection = connect(":memory:", Duration.ZERO, location);
        try {
            Migrations.apply(connection, location);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw StoreFailure.of(location, e);
        }
        ReentrantLock lock = new ReentrantLock();
        return new RegistryDatabase(location, connection, null, connection, lock, lock);
    }

    static Connection connect(String database, Duration patience, String location) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        config.enforceForeignKeys(true);
        // A killed process loses nothing; a power cut may lose the last version, never the file.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        try {
            return config.createConnection("jdbc:sqlite:" + database);
        } catch (SQLException e) {
            throw StoreFailure.of(location, e);
        }
    }

    /** Comes last: a file that is not ours or cannot be read must not even be switched to WAL. */
    void useWal() {
        writing.lock();
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw StoreFailure.of(location, e);
        } finally {
            writing.unlock();
        }
    }

    /** For messages. */
    String location() {
        return location;
    }

    /** Runs {@code work} over one consistent state. */
    <T> T read(Work<T> work) {
        reading.lock();
        try {
            return transaction(reader, "BEGIN", work);
        } finally {
            reading.unlock();
        }
    }

    /**
     * A second connection for the thread that is inside {@link #read}, so that it can read with two hands; what it sees is never older. Null
     * in memory.
     */
    @Nullable Connection second() {
        return second;
    }

    /** As {@link #read}, or nothing when another thread is reading. */
    <T> Optional<T> tryRead(Work<T> work) {
        if (!reading.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(transaction(reader, "BEGIN", work));
        } finally {
            reading.unlock();
        }
    }

    /** Runs {@code work} as the only writer of all processes; all of it counts or nothing. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return transaction(writer, "BEGIN IMMEDIATE", work);
        } finally {
            writing.unlock();
        }
    }

    private <T> T transaction(Connection connection, String begin, Work<T> work) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(begin);
            T result;
            try {
                result = work.run(connection);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(statement, e);
                throw e;
            }
            return result;
        } catch (SQLException e) {
            throw StoreFailure.of(location, e);
        }
    }

    private static void rollBack(Statement statement, Throwable cause) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite itself has rolled back after a full disk or an input/output error.
            cause.addSuppressed(e);
        }
    }

    /** Waits for transactions that run. */
    @Override
    public void close() {
        reading.lock();
        writing.lock();
        try {
            closeQuietly(reader);
            if (second != null) {
                closeQuietly(second);
            }
            closeQuietly(writer);
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("registry connection not closed reason={}", e.getMessage());
        }
    }

    /** What happens inside a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
