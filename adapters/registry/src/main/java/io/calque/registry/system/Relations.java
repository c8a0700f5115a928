package io.calque.registry.system;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;
import java.util.Optional;
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

    /** Every constraint of every table. */
    Stream<Constraint> constraints(SystemView view) {
        return tables(view).flatMap(table -> Constraint.of(table).stream());
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
        return view.snapshot().sources().stream().flatMap(source -> source.tables().stream());
    }

    static Stream<ViewDescriptor> views(SystemView view) {
        return view.snapshot().views().stream();
    }

    static Stream<SourceSnapshot> sources(SystemView view) {
        return view.snapshot().sources().stream();
    }

    /**
     * Views with their texts. Who does not see everything is told only the texts of views of its own and of those that it can read: others may
     * name what it is not to know of.
     */
    Stream<Definition> definitions(SystemView asker) {
        boolean all = asker.snapshot() == asker.snapshot().whole();
        return views(asker).map(view -> {
            boolean told = all
                    || view.owner().equals(asker.principal().name())
                    || !viewColumns.columns(view, asker).isEmpty();
            return new Definition(view, told ? Optional.of(view.sql()) : Optional.empty());
        });
    }

    /**
     * @param text empty where it is not told
     */
    record Definition(ViewDescriptor view, Optional<String> text) {}

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
