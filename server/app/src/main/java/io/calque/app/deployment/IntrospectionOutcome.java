package io.calque.app.deployment;

import io.calque.spi.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What introspecting one source brought. Immutable.
 *
 * @param tables how many tables are known now
 * @param warnings what a person should know
 * @param failure why it failed; empty when it succeeded
 */
public record IntrospectionOutcome(
        SourceId source, int tables, Duration took, List<String> warnings, Optional<String> failure) {
    public IntrospectionOutcome {
        warnings = List.copyOf(warnings);
    }
}
