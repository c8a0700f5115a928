package io.calque.registry.drift;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One difference between two versions of the catalog. Immutable. */
public sealed interface CatalogChange
        permits CatalogChange.OfSource,
                CatalogChange.OfTable,
                CatalogChange.OfView,
                UserTypeChange,
                RelationshipChange,
                AnnotationChange,
                OntologyChange {
    /** Stable, lower case with underscores: {@code column_retyped}. */
    default String kind() {
        return kindOf(getClass());
    }

    /** The {@link #kind} of all changes of one record type. */
    static String kindOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    default Impact impact() {
        return Impact.COMPATIBLE;
    }

    /** The source it happened in; empty for views, which live in the registry. */
    Optional<SourceId> source();

    /** The table it happened to, where it happened to one. */
    Optional<TableName> table();

    /** The column, key, index or view; empty where the table or source itself changed. */
    Optional<String> object();

    /** One clause for a person. */
    String description();

    /** A change of a source as a whole. */
    sealed interface OfSource extends CatalogChange {
        SourceId id();

        @Override
        default Optional<SourceId> source() {
            return Optional.of(id());
        }

        @Override
        default Optional<TableName> table() {
            return Optional.empty();
        }

        @Override
        default Optional<String> object() {
            return Optional.empty();
        }
    }

    /** A change of one table or of something in it. */
    sealed interface OfTable extends CatalogChange {
        TableName name();

        @Override
        default Optional<SourceId> source() {
            return Optional.of(name().source());
        }

        @Override
        default Optional<TableName> table() {
            return Optional.of(name());
        }

        @Override
        default Optional<String> object() {
            return Optional.empty();
        }
    }

    /** A change of a view of the registry. */
    sealed interface OfView extends CatalogChange permits ViewAdded, ViewReplaced, ViewRemoved, ViewConsequence {
        String view();

        @Override
        default Optional<SourceId> source() {
            return Optional.empty();
        }

        @Override
        default Optional<TableName> table() {
            return Optional.empty();
        }

        @Override
        default Optional<String> object() {
            return Optional.of(view());
        }
    }

    /** A source was introspected for the first time, or named in the configuration. */
    record SourceAdded(SourceId id, String sourceKind) implements OfSource {
        @Override
        public String description() {
            return "source " + id + " of kind " + sourceKind + " added";
        }
    }

    /** A source left the configuration. */
    record SourceRemoved(SourceId id) implements OfSource {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "source " + id + " removed";
        }
    }

    /** The server behind a source reports another name or version. */
    record ProductChanged(SourceId id, String from, String to) implements OfSource {
        @Override
        public String description() {
            return "product changed from '" + from + "' to '" + to + "'";
        }
    }

    record TableAdded(TableName name, TableKind tableKind) implements OfTable {
        @Override
        public String description() {
            return "table " + name + " added";
        }
    }

    record TableRemoved(TableName name) implements OfTable {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "table " + name + " removed";
        }
    }

    /**
     * A table that came may be one that went. The removal and the addition are facts and listed beside; this is a candidate with
     * what speaks for it.
     *
     * @param name as it is called now
     */
    record TableRenamed(TableName name, TableName former, RenameEvidence evidence) implements OfTable {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "table " + name + " may be the former " + former + " (" + evidence + ")";
        }
    }

    /**
     * A property of the table itself changed.
     *
     * @param property {@code kind}, {@code comment}, {@code nesting}, {@code column order} or {@code facts}
     */
    record TableAltered(TableName name, String property, String from, String to) implements OfTable {
        @Override
        public String description() {
            return property + " of " + name + " changed from '" + from + "' to '" + to + "'";
        }
    }

    record ColumnAdded(TableName name, ColumnDescriptor column) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(column.name());
        }

        @Override
        public String description() {
            return "column " + column.name() + " " + column.type() + " added";
        }
    }

    record ColumnRemoved(TableName name, ColumnDescriptor column) implements OfTable {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public Optional<String> object() {
            return Optional.of(column.name());
        }

        @Override
        public String description() {
            return "column " + column.name() + " " + column.type() + " removed";
        }
    }

    /**
     * A column that came may be one that went; a candidate, as {@link TableRenamed}.
     *
     * @param column as it is called now
     */
    record ColumnRenamed(TableName name, String former, String column, RenameEvidence evidence) implements OfTable {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public Optional<String> object() {
            return Optional.of(column);
        }

        @Override
        public String description() {
            return "column " + column + " may be the former " + former + " (" + evidence + ")";
        }
    }

    /** The engine type of a column changed; always breaking, because result types change with it. */
    record ColumnRetyped(TableName name, String column, DataType from, DataType to) implements OfTable {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public Optional<String> object() {
            return Optional.of(column);
        }

        @Override
        public String description() {
            return "column " + column + " retyped from " + from + " to " + to;
        }
    }

    /**
     * A column kept its name and engine type, and something else about it changed.
     *
     * @param property {@code native type}, {@code nullability}, {@code default}, {@code generation}, {@code comment},
     *     {@code path} or {@code facts}
     */
    record ColumnAltered(TableName name, String column, String property, String from, String to) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(column);
        }

        @Override
        public String description() {
            return property + " of column " + column + " changed from '" + from + "' to '" + to + "'";
        }
    }

    record KeyAdded(TableName name, KeyKind keyKind, KeyDescriptor key) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(key.name());
        }

        @Override
        public String description() {
            return keyKind.words() + " " + key.columns() + " added";
        }
    }

    record KeyRemoved(TableName name, KeyKind keyKind, KeyDescriptor key) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(key.name());
        }

        @Override
        public String description() {
            return keyKind.words() + " " + key.columns() + " removed";
        }
    }

    /** A key kept its name, or the table its primary key, over other columns. */
    record KeyChanged(TableName name, KeyKind keyKind, KeyDescriptor from, KeyDescriptor to) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(to.name());
        }

        @Override
        public String description() {
            return keyKind.words() + " changed from " + from.columns() + " to " + to.columns();
        }
    }

    record ForeignKeyAdded(TableName name, ForeignKeyDescriptor key) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(key.name());
        }

        @Override
        public String description() {
            return "foreign key " + key.columns() + " to " + key.target() + " " + key.targetColumns() + " added";
        }
    }

    record ForeignKeyRemoved(TableName name, ForeignKeyDescriptor key) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(key.name());
        }

        @Override
        public String description() {
            return "foreign key " + key.columns() + " to " + key.target() + " " + key.targetColumns() + " removed";
        }
    }

    /** A reference kept its name and connects other columns or another table. */
    record ForeignKeyChanged(TableName name, ForeignKeyDescriptor from, ForeignKeyDescriptor to) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(to.name());
        }

        @Override
        public String description() {
            return "foreign key changed from " + from.columns() + " to " + from.target() + " " + from.targetColumns()
                    + " into " + to.columns() + " to " + to.target() + " " + to.targetColumns();
        }
    }

    record IndexAdded(TableName name, IndexDescriptor index) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(index.name());
        }

        @Override
        public String description() {
            return "index " + index.name() + " added";
        }
    }

    record IndexRemoved(TableName name, IndexDescriptor index) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(index.name());
        }

        @Override
        public String description() {
            return "index " + index.name() + " removed";
        }
    }

    /** An index kept its name with another kind, other columns or another condition. */
    record IndexChanged(TableName name, IndexDescriptor from, IndexDescriptor to) implements OfTable {
        @Override
        public Optional<String> object() {
            return Optional.of(to.name());
        }

        @Override
        public String description() {
            return "index " + to.name() + " changed from " + words(from) + " to " + words(to);
        }

        private static String words(IndexDescriptor index) {
            String columns = index.columns().stream()
                    .map(c -> c.name() + (c.descending() ? " descending" : ""))
                    .collect(Collectors.joining(", ", "(", ")"));
            return (index.unique() ? "unique " : "") + index.kind() + " " + columns
                    + (index.condition().isEmpty() ? "" : " where " + index.condition());
        }
    }

    /**
     * A figure moved by more than {@link StatisticsShift} takes for noise.
     *
     * @param column empty where it is the table's own
     * @param figure {@code rows}, {@code null fraction} or {@code distinct values}
     */
    record StatisticsShifted(TableName name, Optional<String> column, String figure, double from, double to)
            implements OfTable {
        @Override
        public Optional<String> object() {
            return column;
        }

        @Override
        public String description() {
            String format = figure.equals("null fraction") ? "%s went from %.2f to %.2f" : "%s went from %.0f to %.0f";
            return String.format(
                    Locale.ROOT, format, figure + column.map(c -> " of " + c).orElse(""), from, to);
        }
    }

    record ViewAdded(String view) implements OfView {
        @Override
        public String description() {
            return "view " + view + " created";
        }
    }

    /** A view got another text; whether its users break depends on the text. */
    record ViewReplaced(String view) implements OfView {
        @Override
        public String description() {
            return "view " + view + " replaced";
        }
    }

    record ViewRemoved(String view) implements OfView {
        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "view " + view + " dropped";
        }
    }

    /** What a key forbids besides duplicates. */
    enum KeyKind {
        PRIMARY,
        UNIQUE;

        String words() {
            return this == PRIMARY ? "primary key" : "unique key";
        }
    }
}
