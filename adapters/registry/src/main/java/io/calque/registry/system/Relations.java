package io.calque.registry.system;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a principal may see of a snapshot, in the order of names within each kind. Thread-safe. */
final class Relations {
    private final Supplier<List<SystemTable>> systemTables;
    private final ViewColumns viewColumns;

    Relations(Supplier<List<SystemTable>> systemTables, ViewColumns viewColumns) {
        this.systemTables = systemTables;
        this.viewColumns = viewColumns;
    }

    /** Tables of sources, views of the registry, system tables. */
    Stream<Relation> all(SystemView view) {
        return Stream.of(
                        tables(view).map(Relation::of),
                        views(view).map(v -> Relation.of(v, viewColumns.columns(v, view))),
                        systemTables.get().stream().map(Relation::of))
                .flatMap(relations -> relations);
    }

    /** Every column of every relation. */
    Stream<ColumnOf> columns(SystemView view) {
        return all(view)
                .flatMap(relation -> IntStream.range(0, relation.columns().size())
                        .mapToObj(i ->
                                new ColumnOf(relation, i + 1, relation.columns().get(i))));
    }

    /** Every constraint of every table; a foreign key to a table that may not be read is absent. */
    Stream<Constraint> constraints(SystemView view) {
        return tables(view)
                .flatMap(table -> Constraint.of(table).stream())
                .filter(c -> c.target().stream().allMatch(target -> mayRead(view, target)));
    }

    /** Catalogs in use: one a source, one for views, one for system tables. */
    Stream<String> catalogs(SystemView view) {
        return Stream.concat(
                        sources(view).map(s -> s.id().value()),
                        Stream.of(Relation.VIEW_CATALOG, Relation.SYSTEM_CATALOG))
                .sorted();
    }

    /** Schemas that hold something, and the one for views. */
    Stream<SchemaOf> schemas(SystemView view) {
        return Stream.concat(
                        Stream.of(new SchemaOf(Relation.VIEW_CATALOG, Relation.VIEW_SCHEMA)),
                        Stream.concat(
                                tables(view)
                                        .map(t -> new SchemaOf(
                                                t.name().source().value(),
                                                t.name().schema())),
                                systemTables.get().stream()
                                        .map(t -> new SchemaOf(Relation.SYSTEM_CATALOG, t.schema()))))
                .distinct()
                .sorted();
    }

    static Stream<TableDescriptor> tables(SystemView view) {
        return view.snapshot().sources().stream()
                .flatMap(source -> source.tables().stream())
                .filter(table -> mayRead(view, table.name()));
    }

    static Stream<ViewDescriptor> views(SystemView view) {
        SourceId catalog = new SourceId(Relation.VIEW_CATALOG);
        return view.snapshot().views().stream()
                .filter(v -> mayRead(view, new TableName(catalog, Relation.VIEW_SCHEMA, v.name())));
    }

    /** A source of which nothing may be read does not exist; one without tables harms nobody. */
    static Stream<SourceSnapshot> sources(SystemView view) {
        return view.snapshot().sources().stream()
                .filter(source ->
                        source.tables().isEmpty() || source.tables().stream().anyMatch(t -> mayRead(view, t.name())));
    }

    static boolean mayRead(SystemView view, TableName table) {
        return view.policy().mayRead(view.principal(), table);
    }

    /**
     * @param position from 1
     */
    record ColumnOf(Relation relation, int position, ColumnDescriptor column) {}

    record SchemaOf(String catalog, String schema) implements Comparable<SchemaOf> {
        @Override
        public int compareTo(SchemaOf other) {
            int byCatalog = catalog.compareTo(other.catalog);
            return byCatalog != 0 ? byCatalog : schema.compareTo(other.schema);
        }
    }
}
