package io.calque.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of one run.
 *
 * @param timeout overrides the session's {@code statement_timeout}; empty to keep it
 * @param maxRows stop quietly after so many rows, as JDBC's setMaxRows; 0 for no bound
 */
public record RunOptions(Optional<Duration> timeout, long maxRows) {
    public static final RunOptions DEFAULT = new RunOptions(Optional.empty(), 0);

    public RunOptions {
        if (maxRows < 0) {
            throw new IllegalArgumentException("maxRows is negative");
        }
    }
}
