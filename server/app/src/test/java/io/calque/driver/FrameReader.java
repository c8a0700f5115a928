package io.calque.driver;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The driver's own reading of a frame, for tests of the server's writing. */
public final class FrameReader {
    private FrameReader() {}

    /** A frame that came compressed. */
    public static byte[] inflated(byte[] deflated) throws SQLException {
        return WireMessages.inflated(deflated);
    }

    /** The rows of a frame, in the wire's form. */
    public static List<List<@Nullable Object>> read(byte[] frame, int columns) throws SQLException {
        ColumnFrame read = ColumnFrame.read(frame, columns);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < read.rows(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                values.add(read.column(column).get(row));
            }
            rows.add(values);
        }
        return rows;
    }
}
