package io.calque.registry.relate;

import io.calque.spi.source.Budget;
import java.time.Duration;

/**
 * What inference may cost and how sure it must be. Immutable.
 *
 * @param table how many rows of one table are read and how long that may take, in each of at most two looks
 * @param source how long all reading from one source may take
 * @param confidence what a relationship needs to be proposed; a half is likelier than everything else together
 */
public record RelationshipOptions(Budget table, Duration source, double confidence) {
    public static final RelationshipOptions DEFAULT =
            new RelationshipOptions(new Budget(200_000, Duration.ofSeconds(5)), Duration.ofSeconds(20), 0.5);

    public RelationshipOptions {
        if (source.isNegative() || source.isZero() || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("inference needs time and a confidence between 0 and 1");
        }
    }

    /** To three digits, and never 1: only what is declared or confirmed is certain. */
    static double rounded(double confidence) {
        return Math.min(0.999, Math.round(confidence * 1000) / 1000.0);
    }
}
