package io.calque.registry.store;

import io.calque.spi.catalog.CatalogSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot with the rows behind it, so that the next one reads only what changed. Immutable.
 *
 * @param observed as the sources are; annotations are as they were made, relationships name the sources' own names
 * @param snapshot as SQL sees it: {@code observed} with the overrides applied
 * @param tables the observed ones, by {@link StoredTable#id}
 */
record StoredCatalog(CatalogSnapshot observed, CatalogSnapshot snapshot, Map<Long, StoredTable> tables) {
    private static final CatalogSnapshot NOTHING = new CatalogSnapshot(0, Instant.EPOCH, List.of(), List.of());
    static final StoredCatalog EMPTY = new StoredCatalog(NOTHING, NOTHING, Map.of());

    StoredCatalog {
        tables = Map.copyOf(new TreeMap<>(tables));
    }

    long version() {
        return observed.version();
    }
}
