package io.calque.jdbc.pool;

import io.calque.spi.QueryException;
import java.sql.SQLException;

/** Turns a driver's exception into one that names the source and says the way out. Thread-safe. */
public interface SqlFailures {
    /** A connection could not be had. */
    QueryException connecting(SQLException failure);

    /**
     * A query failed.
     *
     * @param rows how many rows had arrived
     */
    QueryException reading(SQLException failure, long rows);
}
