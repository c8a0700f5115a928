package io.calque.registry.store;

import io.calque.registry.drift.CatalogChange;
import java.util.List;

/**
 * What came of offering something to the registry. Immutable.
 *
 * @param version the current version afterwards
 * @param published whether it is a new one; false when nothing differed
 * @param changes against the version before; may be empty for a new version in which only statistics moved a little
 */
public record Publication(long version, boolean published, List<CatalogChange> changes) {
    public Publication {
        changes = List.copyOf(changes);
    }
}
