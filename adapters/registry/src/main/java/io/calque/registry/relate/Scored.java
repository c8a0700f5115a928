package io.calque.registry.relate;

import io.calque.spi.catalog.Relationship.Evidence.Kind;

/**
 * A weighed pair.
 *
 * @param finding no longer added to
 */
record Scored(Pair pair, Finding finding) {
    double score() {
        return finding.sum();
    }

    double names() {
        return finding.sumOf(Kind.NAME);
    }
}
