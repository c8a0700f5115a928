package io.calque.spi.source;

import io.calque.spi.QueryException;
import java.util.List;

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

    /**
     * The same rows in parts that may be read at the same time, each row in exactly one of them; asked of queries with {@link
     * NativeQuery#dividableRows} only.
     *
     * @param parts how many are wanted, at least 2
     * @return the query alone where it is better read whole, or where its parts would not see one state of the source
     * @throws QueryException as {@link #read}
     */
    default List<NativeQuery> divide(NativeQuery query, int parts) {
        return List.of(query);
    }

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
