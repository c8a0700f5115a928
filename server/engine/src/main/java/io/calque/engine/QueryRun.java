package io.calque.engine;

import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import java.util.List;
import java.util.Optional;

/**
 * One running statement and its rows. {@link #next} belongs to one thread at a time; {@link #cancel} may come from any.
 */
public interface QueryRun extends AutoCloseable {
    /** Unique in the process; the key of {@code system.queries}, and what a client cancels by. */
    String queryId();

    List<ResultColumn> columns();

    /**
     * The next rows, never an empty batch; nothing at the end. Columns match {@link #columns} by position and type.
     *
     * @throws QueryException whatever ended the query: CANCELLED, TIMED_OUT, 22xxx, HVxxx, 53200
     */
    Optional<ColumnBatch> next();

    /** Whether the next rows, or the end, come without waiting for a source, as far as is known. */
    default boolean comesAtOnce() {
        return false;
    }

    /** What the client should be told beside the rows; complete once the rows have ended. */
    List<QueryWarning> warnings();

    /** Stops the query, at its sources too; {@link #next} then fails with CANCELLED. Idempotent. */
    void cancel();

    /** Releases everything; stops the query when it still runs. Idempotent; never throws. */
    @Override
    void close();

    /**
     * @param sqlState class 01
     */
    record QueryWarning(String sqlState, String message) {}
}
