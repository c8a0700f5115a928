package io.calque.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** Ends whatever a connection runs once a time has passed. Belongs to one thread. */
final class SqliteDeadline implements AutoCloseable {
    /** Steps of SQLite's virtual machine between two looks at the clock: well under a millisecond. */
    static final int STEPS = 10_000;

    private final SQLiteConnection driver;

    private SqliteDeadline(SQLiteConnection driver) {
        this.driver = driver;
    }

    static SqliteDeadline in(Connection connection, Duration time) throws SQLException {
        SQLiteConnection driver = connection.unwrap(SQLiteConnection.class);
        long end = System.nanoTime() + time.toNanos();
        ProgressHandler.setHandler(driver, STEPS, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - end > 0 ? 1 : 0;
            }
        });
        return new SqliteDeadline(driver);
    }

    static boolean passed(SQLException failure) {
        return (failure.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }

    @Override
    public void close() throws SQLException {
        ProgressHandler.clearHandler(driver);
    }
}
