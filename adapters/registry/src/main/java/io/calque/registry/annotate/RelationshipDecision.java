package io.calque.registry.annotate;

import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.State;

/**
 * A person's word on an inferred relationship. Immutable.
 *
 * @param from the referring columns, as SQL names them
 * @param to the key they refer to, likewise
 * @param state CONFIRMED or REJECTED; INFERRED takes an earlier decision back
 * @param author the person
 */
public record RelationshipDecision(End from, End to, State state, String author) {
    public RelationshipDecision {
        if (state == State.DECLARED) {
            throw new IllegalArgumentException("only a source declares");
        }
    }
}
