package io.calque.registry.store;

import io.calque.spi.catalog.CatalogSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot with the rows behind it, so that the next one reads only what changed. Immutable.
 *
 * @param tables by {@link StoredTable#id}
 */
record StoredCatalog(CatalogSnapshot snapshot, Map<Long, StoredTable> tables) {
    static final StoredCatalog EMPTY =
            new StoredCatalog(new CatalogSnapshot(0, Instant.EPOCH, List.of(), List.of()), Map.of());

    StoredCatalog {
        tables = Map.copyOf(new TreeMap<>(tables));
    }
}
