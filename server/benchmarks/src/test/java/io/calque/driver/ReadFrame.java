package io.calque.driver;

import java.sql.SQLException;

/** The driver's own reading of a frame, for benchmarks. */
public final class ReadFrame {
    private ReadFrame() {}

    /** All values of a frame, added up by their hash codes. */
    public static long sum(byte[] frame, int columns) throws SQLException {
        ColumnFrame read = ColumnFrame.read(frame, columns);
        long sum = 0;
        for (int column = 0; column < columns; column++) {
            Column values = read.column(column);
            for (int row = 0; row < read.rows(); row++) {
                Object value = values.get(row);
                sum += value == null ? 0 : value.hashCode();
            }
        }
        return sum;
    }
}
