package io.calque.jdbc.cursor;

import io.calque.spi.batch.ColumnBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Moves one column of the current row into its builder. Chosen once a query; single-threaded. */
@FunctionalInterface
public interface ColumnDecoder {
    /**
     * @param column from 1
     * @throws io.calque.spi.QueryException SOURCE_VALUE_INVALID, NUMERIC_OUT_OF_RANGE, DATETIME_OUT_OF_RANGE
     */
    void append(ResultSet rows, int column, ColumnBuilder out) throws SQLException;
}
