package io.calque.registry.introspect;

import io.calque.registry.drift.CatalogChange;
import io.calque.spi.ErrorCode;
import io.calque.spi.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What introspecting one source came to. Immutable.
 *
 * @param version the registry's version afterwards
 * @param tables how many tables the registry now knows of the source, from an earlier time when it failed
 * @param measured how many of them were measured this time
 * @param warnings what a person should know, as the source or the budget gave cause
 */
public record SourceReport(
        SourceId source,
        Outcome outcome,
        long version,
        int tables,
        int columns,
        int measured,
        Duration duration,
        List<String> warnings,
        Optional<Failure> failure,
        List<CatalogChange> changes) {
    public SourceReport {
        warnings = List.copyOf(warnings);
        changes = List.copyOf(changes);
    }

    /** How it ended. */
    public enum Outcome {
        /** A new version was published. */
        CHANGED,
        /** The source is as the registry knew it. */
        UNCHANGED,
        /** The source could not be read; what was known of it stays. */
        FAILED
    }

    /** Why it failed, without secrets. */
    public record Failure(ErrorCode code, String message) {}
}
