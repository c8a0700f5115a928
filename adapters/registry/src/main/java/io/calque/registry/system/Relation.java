package io.calque.registry.system;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Whatever stands in FROM by name: a table of a source, a view of the registry, a system table. Immutable.
 *
 * @param kind VIEW for both kinds of view
 * @param table present for tables of sources
 * @param view present for views of the registry
 */
record Relation(
        String catalog,
        String schema,
        String name,
        TableKind kind,
        String comment,
        List<ColumnDescriptor> columns,
        Optional<TableDescriptor> table,
        Optional<ViewDescriptor> view) {

    static final String VIEW_CATALOG = "calque";
    static final String VIEW_SCHEMA = "views";
    static final String SYSTEM_CATALOG = "system";

    static Relation of(TableDescriptor table) {
        return new Relation(
                table.name().source().value(),
                table.name().schema(),
                table.name().table(),
                table.kind(),
                table.comment(),
                table.columns(),
                Optional.of(table),
                Optional.empty());
    }

    static Relation of(ViewDescriptor view, List<ColumnDescriptor> columns) {
        return new Relation(
                VIEW_CATALOG,
                VIEW_SCHEMA,
                view.name(),
                TableKind.VIEW,
                "",
                columns,
                Optional.empty(),
                Optional.of(view));
    }

    static Relation of(SystemTable table) {
        return new Relation(
                SYSTEM_CATALOG,
                table.schema(),
                table.name(),
                TableKind.SYSTEM_TABLE,
                "",
                table.columns(),
                Optional.empty(),
                Optional.empty());
    }

    /** JDBC's word. Kinds that tools have no word for are tables, or tools that ask for tables would not see them. */
    String jdbcType() {
        return switch (kind) {
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, VIRTUAL_TABLE, COLLECTION, CHILD_TABLE -> "TABLE";
            case VIEW, MATERIALIZED_VIEW -> "VIEW";
            case SYSTEM_TABLE -> "SYSTEM TABLE";
        };
    }

    /** The word of {@code information_schema}. */
    String standardType() {
        return switch (kind) {
            case TABLE, PARTITIONED_TABLE, VIRTUAL_TABLE, COLLECTION, CHILD_TABLE -> "BASE TABLE";
            case FOREIGN_TABLE -> "FOREIGN";
            case VIEW, MATERIALIZED_VIEW -> "VIEW";
            case SYSTEM_TABLE -> "SYSTEM VIEW";
        };
    }
}
