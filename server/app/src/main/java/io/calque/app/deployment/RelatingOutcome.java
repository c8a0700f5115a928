package io.calque.app.deployment;

import java.time.Duration;
import java.util.List;

/**
 * What looking for relationships brought. Immutable.
 *
 * @param found inferred now
 * @param across of them, those between two sources
 */
public record RelatingOutcome(int found, int across, Duration took, List<String> warnings) {
    public RelatingOutcome {
        warnings = List.copyOf(warnings);
    }
}
