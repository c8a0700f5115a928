package io.calque.registry.store;

import io.calque.spi.SourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a source fared lately: when it was asked for its schema, and when queries read it. Immutable.
 *
 * @param attemptedAt last introspection
 * @param observedAt last introspection that succeeded: the age of all that is known of the source
 * @param observeError why the last introspection failed; empty when it succeeded
 * @param readAt last query that the source answered, to the minute
 * @param readFailedAt last query that it failed
 * @param readError why
 */
public record SourceHealth(
        SourceId source,
        Instant attemptedAt,
        Optional<Instant> observedAt,
        Optional<String> observeError,
        Optional<Instant> readAt,
        Optional<Instant> readFailedAt,
        Optional<String> readError) {
    /** When it last answered anything. */
    public Optional<Instant> lastSuccess() {
        return later(observedAt, readAt);
    }

    /** When it last failed at anything. */
    public Optional<Instant> lastFailure() {
        return later(observeError.map(e -> attemptedAt), readFailedAt);
    }

    /** Why it last failed. */
    public Optional<String> lastError() {
        Optional<Instant> at = lastFailure();
        return at.isPresent() && at.equals(readFailedAt) ? readError : observeError;
    }

    /** Whether the last thing it was asked failed. */
    public boolean failing() {
        return lastFailure()
                .filter(failed -> lastSuccess().filter(ok -> ok.isAfter(failed)).isEmpty())
                .isPresent();
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isAfter(other.get()) ? one : other;
    }
}
