package io.calque.jdbc.sqlite;

import io.calque.spi.batch.ColumnBuilder;
import java.sql.SQLException;

/** Moves one column of the current row into its builder. Chosen once a query; single-threaded. */
@FunctionalInterface
interface SqliteDecoder {
    /**
     * @param column from 0
     * @throws io.calque.spi.QueryException SOURCE_VALUE_INVALID, NUMERIC_OUT_OF_RANGE, DATETIME_OUT_OF_RANGE
     */
    void append(StoredValues row, int column, ColumnBuilder out) throws SQLException;
}
