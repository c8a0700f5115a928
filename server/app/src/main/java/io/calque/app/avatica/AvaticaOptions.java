package io.calque.app.avatica;

import java.time.Duration;

/**
 * Bounds of what clients may leave behind, and of what one response carries.
 *
 * @param connectionIdle a connection that made no request for so long is closed, unless a query of it is running
 * @param statementIdle a statement, with its open result, that was not asked for so long is closed
 * @param frameBytes the size of a frame of rows, roughly, where the client does not set a number of rows
 */
public record AvaticaOptions(Duration connectionIdle, Duration statementIdle, int frameBytes) {
    public static final AvaticaOptions DEFAULT =
            new AvaticaOptions(Duration.ofMinutes(30), Duration.ofMinutes(15), 1 << 20);

    public AvaticaOptions {
        if (connectionIdle.isNegative()
                || connectionIdle.isZero()
                || statementIdle.isNegative()
                || statementIdle.isZero()) {
            throw new IllegalArgumentException("idle times must be positive");
        }
        if (frameBytes < 1) {
            throw new IllegalArgumentException("frameBytes must be positive");
        }
    }
}
