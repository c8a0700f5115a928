package io.calque.jdbc.cursor;

import io.calque.spi.batch.ColumnBuilder;
import java.sql.SQLException;

/** The rows of a statement that runs, one after the other. Single-threaded. */
@FunctionalInterface
public interface DriverRows {
    /**
     * Appends the next row.
     *
     * @param out one a column
     * @return whether there was one
     * @throws io.calque.spi.QueryException SOURCE_VALUE_INVALID, NUMERIC_OUT_OF_RANGE, DATETIME_OUT_OF_RANGE
     */
    boolean next(ColumnBuilder[] out) throws SQLException;

    /** So many more will be asked for before anybody looks at them. */
    default void expect(int rows) throws SQLException {
        // most drivers bring row after row anyway
    }
}
