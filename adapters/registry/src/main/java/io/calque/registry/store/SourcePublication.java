package io.calque.registry.store;

import io.calque.registry.drift.CatalogChange;
import io.calque.registry.drift.CatalogDiff;
import io.calque.spi.TableName;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.catalog.UserTypeDescriptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An observation of one source set against what is stored. Single-threaded, used once.
 *
 * <p>A table whose fingerprint is stored keeps its rows. Statistics with the same figures keep theirs and only get younger,
 * which is no new version.
 */
final class SourcePublication {
    private final StoredCatalog before;
    private final SourceObservation observation;
    private final Map<TableName, StoredTable> gone = new TreeMap<>();
    private final Map<TableDescriptor, String> added = new LinkedHashMap<>();
    private final Map<StoredTable, TableStatistics> measured = new LinkedHashMap<>();
    private final Map<StoredTable, TableStatistics> younger = new LinkedHashMap<>();
    private final List<UserTypeDescriptor> goneTypes = new ArrayList<>();
    private final List<UserTypeDescriptor> addedTypes = new ArrayList<>();

    private SourcePublication(StoredCatalog before, SourceObservation observation) {
        this.before = before;
        this.observation = observation;
    }

    static SourcePublication of(StoredCatalog before, SourceObservation observation) {
        SourcePublication publication = new SourcePublication(before, observation);
        publication.compare();
        publication.compareTypes();
        return publication;
    }

    private void compare() {
        before.tables().values().stream()
                .filter(t -> t.table().name().source().equals(observation.source()))
                .forEach(t -> gone.put(t.table().name(), t));
        for (TableDescriptor table : observation.tables()) {
            String fingerprint = TableFingerprint.of(table);
            StoredTable stored = gone.get(table.name());
            if (stored == null || !stored.fingerprint().equals(fingerprint)) {
                added.put(table, fingerprint);
                continue;
            }
            gone.remove(table.name());
            TableStatistics old = stored.table().statistics();
            TableStatistics now = table.statistics();
            if (!old.rowCount().equals(now.rowCount()) || !old.columns().equals(now.columns())) {
                measured.put(stored, now);
            } else if (!old.measuredAt().equals(now.measuredAt())) {
                younger.put(stored, now);
            }
        }
    }

    private void compareTypes() {
        List<UserTypeDescriptor> old = before.observed()
                .source(observation.source())
                .map(SourceSnapshot::userTypes)
                .orElse(List.of());
        old.stream().filter(t -> !observation.userTypes().contains(t)).forEach(goneTypes::add);
        observation.userTypes().stream().filter(t -> !old.contains(t)).forEach(addedTypes::add);
    }

    Publication write(Connection connection, Instant now) throws SQLException {
        for (var entry : younger.entrySet()) {
            CatalogWriter.touchStatistics(
                    connection, entry.getKey(), entry.getValue().measuredAt());
        }
        Optional<SourceSnapshot> old = before.observed().source(observation.source());
        boolean sourceDiffers = old.isEmpty()
                || !old.get().product().equals(observation.product())
                || !old.get().kind().equals(observation.kind());
        long newest = before.version();
        boolean typesDiffer = !goneTypes.isEmpty() || !addedTypes.isEmpty();
        if (!sourceDiffers && !typesDiffer && gone.isEmpty() && added.isEmpty() && measured.isEmpty()) {
            return new Publication(newest, false, List.of());
        }
        List<CatalogChange> changes = changes(old);
        CatalogWriter writer =
                CatalogWriter.begin(connection, newest, now, "introspected " + observation.source(), changes);
        if (sourceDiffers) {
            writer.putSource(observation.source(), observation.kind(), observation.product());
        }
        UserTypeRows.remove(connection, writer.version(), goneTypes);
        UserTypeRows.add(connection, writer.version(), addedTypes);
        writer.removeTables(new ArrayList<>(gone.values()));
        try (TableInserts inserts = writer.tableInserts()) {
            for (var entry : added.entrySet()) {
                inserts.add(entry.getKey(), entry.getValue());
            }
            for (var entry : measured.entrySet()) {
                writer.removeStatistics(entry.getKey());
                inserts.addStatistics(entry.getKey().id(), entry.getValue());
            }
            inserts.flush();
        }
        return new Publication(writer.version(), true, changes);
    }

    private List<CatalogChange> changes(Optional<SourceSnapshot> old) {
        SourceSnapshot now = new SourceSnapshot(
                observation.source(),
                observation.kind(),
                observation.product(),
                observation.tables(),
                observation.userTypes(),
                Optional.of(observation.observedAt()),
                Optional.empty());
        return old.map(o -> CatalogDiff.between(o, now)).orElseGet(() -> CatalogDiff.added(now));
    }
}
