package io.calque.jdbc.postgresql;

import io.calque.spi.batch.ColumnBuilder;
import java.sql.SQLException;

/** Moves one value in PostgreSQL's binary format into its builder. Chosen once a query; single-threaded. */
@FunctionalInterface
interface BinaryDecoder {
    /**
     * @param data holds the value, never NULL, from {@code at} on
     * @throws io.calque.spi.QueryException SOURCE_VALUE_INVALID, NUMERIC_OUT_OF_RANGE, DATETIME_OUT_OF_RANGE
     */
    void append(byte[] data, int at, int length, ColumnBuilder out) throws SQLException;
}
