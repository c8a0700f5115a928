package io.calque.spi.source;

import java.time.Duration;

/**
 * How one query reads one source.
 *
 * @param queryId for logs and for the source's own comment or application name
 * @param batchRows rows in a batch at most, at least 1
 * @param timeout how long any native query may run; the source itself is told where it can be
 * @param reads what the session will be asked for
 */
public record ReadOptions(String queryId, int batchRows, Duration timeout, Reads reads) {
    public static final int DEFAULT_BATCH_ROWS = 4096;

    public ReadOptions {
        if (batchRows < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("batchRows and timeout must be positive");
        }
    }

    /** For any number of reads. */
    public ReadOptions(String queryId, int batchRows, Duration timeout) {
        this(queryId, batchRows, timeout, Reads.SEVERAL);
    }

    /** These, for a session of which this is asked. */
    public ReadOptions expecting(Reads expected) {
        return new ReadOptions(queryId, batchRows, timeout, expected);
    }

    /** How much of a session's care for one view of the source is needed. */
    public enum Reads {
        /** One native query: it sees one state of the source by itself. It is run again only when it failed without a row. */
        ONE,
        /** Native queries one after the other, each once the rows of the one before have ended: one connection is enough for them. */
        IN_TURN,
        /** One native query, or the parts that {@link ReadSession#divide} makes of it. */
        PARTS,
        /** Several that must see the same state, at once or one after the other. */
        SEVERAL
    }
}
