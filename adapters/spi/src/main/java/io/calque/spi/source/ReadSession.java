package io.calque.spi.source;

import io.calque.spi.QueryException;

/**
 * One query's reads from one source. {@link #read} and {@link #cancel} may be called from any thread; each cursor belongs
 * to one thread at a time.
 */
public interface ReadSession extends AutoCloseable {
    /**
     * Starts a native query and streams its rows.
     *
     * @throws QueryException SOURCE_UNAVAILABLE, SOURCE_READ_FAILED, TIMED_OUT, CANCELLED
     */
    RowCursor read(NativeQuery query, Bindings bindings);

    /** Whether all cursors of this session see one state of the source. */
    Consistency consistency();

    /** Stops every running native query at the source itself; their cursors fail with CANCELLED. Idempotent. */
    void cancel();

    /** Closes every cursor and gives the connections back. Never throws. */
    @Override
    void close();

    /** What EXPLAIN prints about a source's reads. */
    enum Consistency {
        SNAPSHOT,
        UNSYNCHRONISED
    }
}
