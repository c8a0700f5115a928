package io.calque.spi.source;

import java.time.Duration;

/**
 * How one query reads one source.
 *
 * @param queryId for logs and for the source's own comment or application name
 * @param batchRows rows in a batch, at least 1
 * @param timeout how long any native query may run; the source itself is told where it can be
 */
public record ReadOptions(String queryId, int batchRows, Duration timeout) {
    public static final int DEFAULT_BATCH_ROWS = 2048;

    public ReadOptions {
        if (batchRows < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("batchRows and timeout must be positive");
        }
    }
}
