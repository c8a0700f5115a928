package io.calque.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A SQLite database in a file of its own that disappears with it. Thread-safe. */
public final class SqliteFile implements AutoCloseable {
    private final TemporaryDirectory directory;
    private final Path path;
    private final ExitHook hook;

    private SqliteFile(TemporaryDirectory directory, String fileName) {
        this.directory = directory;
        this.path = directory.path().resolve(fileName);
        this.hook = ExitHook.register("calque-sqlite-cleaner", directory, directory::delete);
    }

    /** Makes room for a database; the file itself comes into being with the first statement that writes. */
    public static SqliteFile create(String fileName) {
        return new SqliteFile(TemporaryDirectory.create("sqlite"), fileName);
    }

    public Path path() {
        return path;
    }

    public String jdbcUrl() {
        return "jdbc:sqlite:" + path;
    }

    /** Opens a new connection, which the caller closes; foreign keys are enforced. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "?foreign_keys=on");
    }

    /** Deletes the file with its journals; does nothing the second time. */
    @Override
    public void close() {
        directory.delete();
        hook.cancel();
    }
}
