package io.calque.registry.store;

import io.calque.registry.drift.CatalogChange;
import io.calque.registry.drift.CatalogDiff;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.SourceSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Publishes that sources left the configuration: with them go their tables, types and health. */
final class SourceRemoval {
    private SourceRemoval() {}

    /**
     * Forgets every source that is not in {@code staying}.
     *
     * @return unpublished when none leaves
     */
    static Publication retain(Connection connection, StoredCatalog before, Collection<SourceId> staying, Instant now)
            throws SQLException {
        List<SourceSnapshot> leaving = before.observed().sources().stream()
                .filter(source -> !staying.contains(source.id()))
                .toList();
        if (leaving.isEmpty()) {
            return new Publication(before.version(), false, List.of());
        }
        List<SourceId> names = leaving.stream().map(SourceSnapshot::id).toList();
        List<CatalogChange> changes = new ArrayList<>();
        leaving.forEach(source -> changes.addAll(CatalogDiff.removed(source)));
        CatalogWriter writer = CatalogWriter.begin(connection, before.version(), now, "removed " + names, changes);
        for (SourceSnapshot source : leaving) {
            writer.removeSource(source.id());
            CatalogWriter.removeHealth(connection, source.id());
            UserTypeRows.remove(connection, writer.version(), source.userTypes());
        }
        writer.removeTables(before.tables().values().stream()
                .filter(t -> names.contains(t.table().name().source()))
                .toList());
        return new Publication(writer.version(), true, changes);
    }
}
