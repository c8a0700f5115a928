package io.calque.app.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bounds of the process; what is absent keeps the engine's own default. Immutable.
 *
 * @param statementTimeout how long one statement may run
 * @param queryMemory bytes one query may hold
 * @param totalMemory bytes all queries may hold together
 */
public record Limits(Optional<Duration> statementTimeout, OptionalLong queryMemory, OptionalLong totalMemory) {
    public static final Limits DEFAULT = new Limits(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
}
