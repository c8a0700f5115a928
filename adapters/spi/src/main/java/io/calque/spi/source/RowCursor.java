package io.calque.spi.source;

import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import java.util.Optional;

/** A stream of typed column batches. Single-threaded, but for {@link #close}, which any thread may call. */
public interface RowCursor extends AutoCloseable {
    /**
     * The next batch, never an empty one; nothing at the end.
     *
     * @throws QueryException SOURCE_READ_FAILED, SOURCE_VALUE_INVALID, TIMED_OUT, CANCELLED
     */
    Optional<ColumnBatch> next();

    /** Stops the native query at the source when it is still running. Idempotent; never throws. */
    @Override
    void close();
}
