package io.calque.registry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Rows for one table, sent together. Single-threaded. */
final class Insert implements AutoCloseable {
    private final PreparedStatement statement;
    private int waiting;

    Insert(Connection connection, String table, int columns) throws SQLException {
        String slots = String.join(", ", Collections.nCopies(columns, "?"));
        this.statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + slots + ")");
    }

    void row(@Nullable Object... values) throws SQLException {
        Sql.bind(statement, values);
        statement.addBatch();
        waiting++;
    }

    int waiting() {
        return waiting;
    }

    /** Must come before close for the rows to count. */
    void flush() throws SQLException {
        if (waiting > 0) {
            statement.executeBatch();
            waiting = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
