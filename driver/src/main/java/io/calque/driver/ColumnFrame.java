package io.calque.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;

/**
 * Some rows of a result, column by column, as they travel. Immutable once read.
 *
 * <p>Little-endian: an int of rows, then for each column a byte of kind, a byte that is 1 when a null bitmap follows
 * (one bit a row, lowest first), and the values: see {@link Column}.
 */
final class ColumnFrame {
    private final int rows;
    private final Column[] columns;

    private ColumnFrame(int rows, Column[] columns) {
        this.rows = rows;
        this.columns = columns;
    }

    static ColumnFrame read(byte[] bytes, int columnCount) throws SQLException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int rows = in.getInt();
            Column[] columns = new Column[columnCount];
            for (int i = 0; i < columnCount; i++) {
                columns[i] = Column.read(in, rows);
            }
            return new ColumnFrame(rows, columns);
        } catch (RuntimeException e) {
            throw new SQLNonTransientConnectionException("The server sent rows that cannot be read", "08P01", e);
        }
    }

    /** Rows already at hand, as the wire would hold them. */
    static ColumnFrame of(List<Object[]> rows, int columnCount) {
        Column[] columns = new Column[columnCount];
        for (int i = 0; i < columnCount; i++) {
            Object[] values = new Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[i];
            }
            columns[i] = Column.of(values);
        }
        return new ColumnFrame(rows.size(), columns);
    }

    static ColumnFrame empty() {
        return new ColumnFrame(0, new Column[0]);
    }

    int rows() {
        return rows;
    }

    Column column(int index) {
        return columns[index];
    }
}
