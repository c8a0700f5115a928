package io.calque.embedded;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a SQLite table by batches of inserts. Dates and times become ISO text and decimals become numbers (an integer or
 * an IEEE double, as the column's affinity has it): what SQLite's users have in their files. Belongs to one thread; quick
 * only inside a transaction of the caller's.
 */
public final class SqliteInserts implements RowWriter {
    private static final int BATCH_ROWS = 5_000;

    private final String table;
    private final PreparedStatement insert;
    private int pending;

    private SqliteInserts(String table, PreparedStatement insert) {
        this.table = table;
        this.insert = insert;
    }

    /** Starts to fill a table through a connection, which stays usable for other statements. */
    public static SqliteInserts into(Connection connection, String table, List<String> columns) throws SQLException {
        String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        return new SqliteInserts(table, connection.prepareStatement(sql));
    }

    @Override
    public void add(@Nullable Object... values) {
        try {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, stored(values[i]));
            }
            insert.addBatch();
            if (++pending == BATCH_ROWS) {
                insert.executeBatch();
                pending = 0;
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof LocalDateTime time) {
            return SqlText.of(time);
        }
        return value instanceof LocalDate date ? date.toString() : value;
    }

    @Override
    public void close() {
        try (insert) {
            if (pending > 0) {
                insert.executeBatch();
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private IllegalStateException refused(SQLException e) {
        return new IllegalStateException("Rows for table " + table + " were refused", e);
    }
}
