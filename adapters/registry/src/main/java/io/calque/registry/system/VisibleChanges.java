package io.calque.registry.system;

import io.calque.registry.store.RecordedChange;
import io.calque.spi.TableName;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;
import java.util.Set;

/**
 * Which changes of the history somebody may know of. What changed may be gone, so that rights are asked by the names that stand in the history;
 * its sentences name other things, too, and whoever sees a part of the catalog is told only what names one thing that it may see.
 */
final class VisibleChanges {
    private static final Set<String> OF_ONE_COLUMN =
            Set.of("column_added", "column_removed", "column_retyped", "column_altered");
    private static final Set<String> OF_ONE_NAME = Set.of(
            "source_added",
            "source_removed",
            "product_changed",
            "table_added",
            "table_removed",
            "view_added",
            "view_removed",
            "search_index_stale",
            "search_index_repaired");

    private final SystemView view;

    VisibleChanges(SystemView view) {
        this.view = view;
    }

    boolean contain(RecordedChange change) {
        if (change.version() > view.snapshot().version()) {
            return false;
        }
        Optional<TableName> table = table(change);
        if (table.isPresent() && !view.policy().mayRead(view.principal(), table.get())) {
            return false;
        }
        if (view.snapshot() == view.snapshot().whole()) {
            return mayReadObject(change, table);
        }
        boolean sourceIsHidden = change.source()
                .filter(s -> view.snapshot().source(s).isEmpty()
                        && view.snapshot().whole().source(s).isPresent())
                .isPresent();
        if (sourceIsHidden) {
            return false;
        }
        if (OF_ONE_NAME.contains(change.kind())) {
            return true;
        }
        if (OF_ONE_COLUMN.contains(change.kind())) {
            return mayReadObject(change, table);
        }
        return !change.kind().startsWith("relationship")
                && table.filter(this::isSeenWhole).isPresent()
                && mayReadObject(change, table);
    }

    private static Optional<TableName> table(RecordedChange change) {
        return change.source()
                .flatMap(source -> change.schema()
                        .flatMap(schema -> change.table().map(table -> new TableName(source, schema, table))));
    }

    private boolean mayReadObject(RecordedChange change, Optional<TableName> table) {
        return table.isEmpty()
                || change.object()
                        .filter(object -> !view.policy().mayRead(view.principal(), table.get(), object))
                        .isEmpty();
    }

    private boolean isSeenWhole(TableName name) {
        Optional<TableDescriptor> seen = view.snapshot().table(name);
        return seen.isPresent()
                && view.snapshot()
                        .whole()
                        .table(name)
                        .filter(t -> t.columns().equals(seen.get().columns()))
                        .isPresent();
    }
}
