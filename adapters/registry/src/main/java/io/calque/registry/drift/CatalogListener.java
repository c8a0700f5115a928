package io.calque.registry.drift;

import io.calque.spi.catalog.CatalogSnapshot;
import java.util.List;

/**
 * Whoever depends on what the catalog says: views now; terms, verified plans and search indexes likewise. Called for every new version,
 * one at a time, from whatever thread publishes.
 */
public interface CatalogListener {
    /**
     * What the changes do to that which this listener watches over. Recorded with them, in the same transaction: it must be quick and
     * ask neither the registry nor a source.
     */
    List<CatalogChange> consequences(Transition transition);

    /** The version is published; time for work that may take long, on a thread of its own. */
    default void published(Transition transition) {}

    /**
     * From one version to the next.
     *
     * @param changes with consequences once they are known
     */
    record Transition(CatalogSnapshot before, CatalogSnapshot after, List<CatalogChange> changes) {
        public Transition {
            changes = List.copyOf(changes);
        }

        public Transition withConsequences(List<CatalogChange> all) {
            return new Transition(before, after, all);
        }
    }
}
