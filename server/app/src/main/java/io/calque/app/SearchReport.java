package io.calque.app;

import static io.calque.registry.system.SystemTableBuilder.table;

import io.calque.nl2plan.search.CatalogIndex;
import io.calque.nl2plan.search.IndexRepair;
import io.calque.nl2plan.search.IndexState;
import io.calque.registry.drift.Impact;
import io.calque.registry.store.RecordedChange;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SystemTable;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The search index as system tables show it. Thread-safe. */
record SearchReport(CatalogIndex index) {
    /** {@code system.search}: one row. */
    SystemTable state() {
        return table("system", "search", view -> Stream.of(index.state()))
                .text("status", IndexState::status)
                .text("folder", IndexState::folder)
                .big("version", IndexState::version)
                .integer("table_count", IndexState::tables)
                .integer("phrase_count", IndexState::phrases)
                .integer("vector_count", IndexState::vectors)
                .text("embedder", IndexState::embedder)
                .text("vector_status", s -> s.vectorState().name().toLowerCase(Locale.ROOT))
                .instant("repaired_at", s -> index.repaired().map(IndexRepair::at))
                .optionalText("repair", s -> index.repaired().map(IndexRepair::what))
                .build();
    }

    /** How the index differs from the registry, and how it last did. */
    Stream<RecordedChange> drift(CatalogSnapshot catalog) {
        return Stream.concat(
                index.repaired().map(r -> change("search_index_repaired", r)).stream(),
                index.stale(catalog).map(r -> change("search_index_stale", r)).stream());
    }

    private static RecordedChange change(String kind, IndexRepair repair) {
        return new RecordedChange(
                repair.version(),
                repair.at(),
                kind,
                Impact.COMPATIBLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                repair.what());
    }
}
