package io.calque.engine.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.system.SystemSource;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.VisibleCatalog;

/**
 * What principals may see of the latest snapshots, and the names in it, kept: with thousands of tables, gathering them takes longer than planning
 * a small statement. Thread-safe.
 */
public final class TableIndexes {
    private static final int KEPT = 16;

    /** Snapshots are told apart as objects. */
    private record Door(CatalogSnapshot snapshot, Principal principal, String rights) {}

    private final SystemSource system;
    private final AccessPolicy policy;
    private final Cache<Door, CatalogSnapshot> visible =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<CatalogSnapshot, TableIndex> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    public TableIndexes(SystemSource system, AccessPolicy policy) {
        this.system = system;
        this.policy = policy;
    }

    /** What this principal may see of a snapshot. */
    public CatalogSnapshot visible(CatalogSnapshot snapshot, Principal principal) {
        return visible.get(
                new Door(snapshot.whole(), principal, policy.digest(principal)),
                door -> VisibleCatalog.of(door.snapshot(), principal, policy));
    }

    /**
     * What names mean in a snapshot.
     *
     * @param snapshot what the principal may see
     */
    public TableIndex of(CatalogSnapshot snapshot) {
        return kept.get(snapshot, s -> TableIndex.of(s, system.descriptors()));
    }
}
