package io.calque.spi.source;

import java.time.Duration;

/**
 * How much measuring may cost.
 *
 * @param rows rows to look at, at most
 * @param time how long, at most
 */
public record Budget(long rows, Duration time) {
    public static final Budget DEFAULT = new Budget(100_000, Duration.ofSeconds(5));
}
