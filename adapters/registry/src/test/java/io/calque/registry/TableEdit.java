package io.calque.registry;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One change of one part of {@link SampleTables#customers}. */
public enum TableEdit {
    KIND(parts -> parts.kind = TableKind.VIEW),
    COMMENT(parts -> parts.comment = "x"),
    FACTS(parts -> parts.facts = new TreeMap<>(Map.of())),
    COLUMN_ADDED(parts -> parts.columns.add(ColumnDescriptor.of("extra", DataType.DATE, "date", Nullability.NULLABLE))),
    COLUMN_REMOVED(parts -> parts.columns.remove(2)),
    COLUMN_RETYPED(parts -> parts.first(c -> new ColumnDescriptor(
            c.name(),
            c.path(),
            DataType.INTEGER,
            c.nativeType(),
            c.nullable(),
            c.defaultValue(),
            c.generation(),
            c.comment(),
            c.facts()))),
    COLUMN_NULLABLE(parts -> parts.first(c -> new ColumnDescriptor(
            c.name(),
            c.path(),
            c.type(),
            c.nativeType(),
            true,
            c.defaultValue(),
            c.generation(),
            c.comment(),
            c.facts()))),
    COLUMN_DEFAULT(parts -> parts.first(c -> new ColumnDescriptor(
            c.name(),
            c.path(),
            c.type(),
            c.nativeType(),
            c.nullable(),
            Optional.of("1"),
            c.generation(),
            c.comment(),
            c.facts()))),
    PRIMARY_KEY_REMOVED(parts -> parts.primaryKey = Optional.empty()),
    UNIQUE_KEY_REMOVED(parts -> parts.uniqueKeys = List.of()),
    FOREIGN_KEY_REMOVED(parts -> parts.foreignKeys = List.of()),
    INDEX_REMOVED(parts -> parts.indexes = List.of());

    private final Consumer<Parts> change;

    TableEdit(Consumer<Parts> change) {
        this.change = change;
    }

    public TableDescriptor apply(TableDescriptor table) {
        Parts parts = new Parts(table);
        change.accept(parts);
        return new TableDescriptor(
                table.name(),
                parts.kind,
                parts.columns,
                parts.primaryKey,
                parts.uniqueKeys,
                parts.foreignKeys,
                parts.indexes,
                table.nestedIn(),
                table.statistics(),
                parts.comment,
                parts.facts);
    }

    private static final class Parts {
        TableKind kind;
        final List<ColumnDescriptor> columns;
        Optional<KeyDescriptor> primaryKey;
        List<KeyDescriptor> uniqueKeys;
        List<ForeignKeyDescriptor> foreignKeys;
        List<IndexDescriptor> indexes;
        String comment;
        SortedMap<String, String> facts;

        Parts(TableDescriptor table) {
            kind = table.kind();
            columns = new ArrayList<>(table.columns());
            primaryKey = table.primaryKey();
            uniqueKeys = table.uniqueKeys();
            foreignKeys = table.foreignKeys();
            indexes = table.indexes();
            comment = table.comment();
            facts = table.facts();
        }

        void first(UnaryOperator<ColumnDescriptor> edit) {
            columns.set(0, edit.apply(columns.get(0)));
        }
    }
}
