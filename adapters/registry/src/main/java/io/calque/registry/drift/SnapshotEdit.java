package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ColumnAdded;
import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.ColumnRetyped;
import io.calque.registry.drift.CatalogChange.TableAdded;
import io.calque.registry.drift.CatalogChange.TableAltered;
import io.calque.registry.drift.CatalogChange.TableRemoved;
import io.calque.registry.drift.CatalogChange.ViewRemoved;
import io.calque.registry.drift.CatalogChange.ViewReplaced;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One change made to an old catalog, to see what it alone does to those who name what changed. Immutable. */
@FunctionalInterface
interface SnapshotEdit {
    /** @param after where what came is taken from */
    CatalogSnapshot apply(CatalogSnapshot before, CatalogSnapshot after);

    /** Empty for changes that no statement can see in its names and types. */
    static Optional<SnapshotEdit> of(CatalogChange change) {
        if (change instanceof TableRemoved c) {
            return Optional.of((before, after) -> table(before, c.name(), Optional.empty()));
        }
        if (change instanceof TableAdded c) {
            return Optional.of((before, after) -> table(before, c.name(), after.table(c.name())));
        }
        if (change instanceof ColumnRemoved c) {
            return Optional.of(columns(
                    c.name(),
                    (old, now) -> old.columns().stream()
                            .filter(o -> !o.name().equals(c.column().name()))
                            .toList()));
        }
        if (change instanceof ColumnAdded c) {
            return Optional.of(columns(
                    c.name(),
                    (old, now) -> Stream.concat(old.columns().stream(), Stream.of(c.column()))
                            .toList()));
        }
        if (change instanceof ColumnRetyped c) {
            return Optional.of(columns(
                    c.name(),
                    (old, now) -> old.columns().stream()
                            .map(o -> o.name().equals(c.column())
                                    ? now.column(c.column()).orElse(o)
                                    : o)
                            .toList()));
        }
        if (change instanceof TableAltered c && c.property().equals("column order")) {
            return Optional.of(columns(
                    c.name(),
                    (old, now) -> now.columns().stream()
                            .flatMap(n -> old.column(n.name()).stream())
                            .toList()));
        }
        if (change instanceof ViewRemoved c) {
            return Optional.of((before, after) -> views(before, views -> others(views, c.view())));
        }
        if (change instanceof ViewReplaced c) {
            return Optional.of((before, after) -> views(
                    before,
                    views -> Stream.concat(
                                    others(views, c.view()).stream(),
                                    after.views().stream().filter(v -> same(v, c.view())))
                            .toList()));
        }
        return Optional.empty();
    }

    private static List<ViewDescriptor> others(List<ViewDescriptor> views, String name) {
        return views.stream().filter(v -> !same(v, name)).toList();
    }

    private static boolean same(ViewDescriptor view, String name) {
        return view.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }

    private static SnapshotEdit columns(TableName name, ColumnsEdit edit) {
        return (before, after) -> {
            Optional<TableDescriptor> old = before.table(name);
            Optional<TableDescriptor> now = after.table(name);
            return old.isEmpty() || now.isEmpty()
                    ? before
                    : table(before, name, Optional.of(withColumns(old.get(), edit.of(old.get(), now.get()))));
        };
    }

    /** Keys and indexes do not matter to names and types, and may name columns that are gone. */
    private static TableDescriptor withColumns(TableDescriptor table, List<ColumnDescriptor> columns) {
        return new TableDescriptor(
                table.name(),
                table.kind(),
                columns,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                table.nestedIn(),
                table.statistics(),
                table.comment(),
                table.facts());
    }

    private static CatalogSnapshot table(CatalogSnapshot before, TableName name, Optional<TableDescriptor> now) {
        List<SourceSnapshot> sources = before.sources().stream()
                .map(source -> source.id().equals(name.source()) ? with(source, name, now) : source)
                .toList();
        return new CatalogSnapshot(
                before.version(), before.publishedAt(), sources, before.views(), before.relationships());
    }

    private static SourceSnapshot with(SourceSnapshot source, TableName name, Optional<TableDescriptor> now) {
        List<TableDescriptor> tables = new ArrayList<>(source.tables());
        tables.removeIf(t -> t.name().equals(name));
        now.ifPresent(tables::add);
        return new SourceSnapshot(
                source.id(),
                source.kind(),
                source.product(),
                tables,
                source.userTypes(),
                source.observedAt(),
                source.lastError());
    }

    private static CatalogSnapshot views(CatalogSnapshot before, UnaryOperator<List<ViewDescriptor>> edit) {
        return new CatalogSnapshot(
                before.version(),
                before.publishedAt(),
                before.sources(),
                edit.apply(before.views()),
                before.relationships());
    }

    /** New columns of a table from its two states. */
    @FunctionalInterface
    interface ColumnsEdit {
        List<ColumnDescriptor> of(TableDescriptor before, TableDescriptor after);
    }
}
