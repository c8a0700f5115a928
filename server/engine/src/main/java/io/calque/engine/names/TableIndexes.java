package io.calque.engine.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.system.SystemSource;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;

/**
 * The names of the latest snapshots, kept by who may see what: with thousands of tables, gathering them takes longer than planning a small
 * statement. Thread-safe.
 */
public final class TableIndexes {
    private static final int KEPT = 16;

    private record Key(long version, Principal principal, String rights) {}

    private final SystemSource system;
    private final AccessPolicy policy;
    private final Cache<Key, TableIndex> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    public TableIndexes(SystemSource system, AccessPolicy policy) {
        this.system = system;
        this.policy = policy;
    }

    /** What names mean to this principal in this state of the catalog. */
    public TableIndex of(CatalogSnapshot snapshot, Principal principal) {
        return kept.get(
                new Key(snapshot.version(), principal, policy.digest(principal)),
                key -> TableIndex.of(snapshot, system.descriptors(), principal, policy));
    }
}
