package io.calque.registry.system;

import io.calque.registry.store.SourceHealth;
import io.calque.spi.catalog.SourceSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A source as a query sees it, and how it fares. Immutable.
 *
 * @param health empty when it was never asked anything
 * @param now what ages are counted to
 */
record SourceState(SourceSnapshot source, Optional<SourceHealth> health, Instant now) {
    /**
     * {@code ok}; {@code stale} when what is known is from before its last failure; {@code unreachable} when nothing is known; {@code
     * not observed} when it was never asked.
     */
    String status() {
        if (source.lastError().isPresent()
                || health.filter(SourceHealth::failing).isPresent()) {
            return source.observedAt().isPresent() ? "stale" : "unreachable";
        }
        return source.observedAt().isPresent() ? "ok" : "not observed";
    }

    /** How old all that is known of it is. */
    Optional<Long> ageSeconds() {
        return source.observedAt()
                .map(at -> Math.max(0, Duration.between(at, now).toSeconds()));
    }

    Optional<Instant> lastSuccess() {
        return health.flatMap(SourceHealth::lastSuccess).or(source::observedAt);
    }

    Optional<Instant> lastErrorAt() {
        return health.flatMap(SourceHealth::lastFailure);
    }

    Optional<String> lastError() {
        return health.flatMap(SourceHealth::lastError).or(source::lastError);
    }
}
