package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ColumnAdded;
import io.calque.registry.drift.CatalogChange.ColumnAltered;
import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.ColumnRetyped;
import io.calque.registry.drift.CatalogChange.ForeignKeyAdded;
import io.calque.registry.drift.CatalogChange.ForeignKeyRemoved;
import io.calque.registry.drift.CatalogChange.IndexAdded;
import io.calque.registry.drift.CatalogChange.IndexRemoved;
import io.calque.registry.drift.CatalogChange.KeyAdded;
import io.calque.registry.drift.CatalogChange.KeyKind;
import io.calque.registry.drift.CatalogChange.KeyRemoved;
import io.calque.registry.drift.CatalogChange.StatisticsShifted;
import io.calque.registry.drift.CatalogChange.TableAltered;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Compares two states of one table. Single-threaded. */
final class TableDiff {
    /** Smaller moves of the row count are noise of sampling. */
    private static final double SHIFT = 0.1;

    private final TableDescriptor before;
    private final TableDescriptor after;
    private final TableName name;
    private final List<CatalogChange> changes = new ArrayList<>();

    private TableDiff(TableDescriptor before, TableDescriptor after) {
        this.before = before;
        this.after = after;
        this.name = after.name();
    }

    static List<CatalogChange> between(TableDescriptor before, TableDescriptor after) {
        TableDiff diff = new TableDiff(before, after);
        diff.table();
        diff.columns();
        diff.keys();
        diff.statistics();
        return diff.changes;
    }

    private void table() {
        altered("kind", TableDescriptor::kind);
        altered("comment", TableDescriptor::comment);
        altered("nesting", TableDescriptor::nestedIn);
        altered("facts", table -> table.shape().facts());
    }

    private void altered(String property, Function<TableDescriptor, Object> value) {
        Object from = value.apply(before);
        Object to = value.apply(after);
        if (!from.equals(to)) {
            changes.add(new TableAltered(name, property, from.toString(), to.toString()));
        }
    }

    private void columns() {
        Map<String, ColumnDescriptor> old = CatalogDiff.byKey(before.columns(), ColumnDescriptor::name);
        Map<String, ColumnDescriptor> now = CatalogDiff.byKey(after.columns(), ColumnDescriptor::name);
        before.columns().stream()
                .filter(c -> !now.containsKey(c.name()))
                .forEach(c -> changes.add(new ColumnRemoved(name, c)));
        for (ColumnDescriptor column : after.columns()) {
            ColumnDescriptor previous = old.get(column.name());
            if (previous == null) {
                changes.add(new ColumnAdded(name, column));
            } else if (!previous.equals(column)) {
                column(previous, column);
            }
        }
        List<String> oldOrder = order(before, now);
        List<String> newOrder = order(after, old);
        if (!oldOrder.equals(newOrder)) {
            changes.add(new TableAltered(name, "column order", oldOrder.toString(), newOrder.toString()));
        }
    }

    private static List<String> order(TableDescriptor table, Map<String, ColumnDescriptor> shared) {
        return table.columns().stream()
                .map(ColumnDescriptor::name)
                .filter(shared::containsKey)
                .toList();
    }

    private void column(ColumnDescriptor from, ColumnDescriptor to) {
        if (!from.type().equals(to.type())) {
            changes.add(new ColumnRetyped(name, to.name(), from.type(), to.type()));
        }
        altered(from, to, "native type", ColumnDescriptor::nativeType);
        altered(from, to, "nullability", c -> c.nullable() ? "nullable" : "not null");
        altered(from, to, "default", c -> c.defaultValue().orElse(""));
        altered(from, to, "generation", ColumnDescriptor::generation);
        altered(from, to, "comment", ColumnDescriptor::comment);
        altered(from, to, "path", ColumnDescriptor::path);
        altered(from, to, "facts", ColumnDescriptor::facts);
    }

    private void altered(
            ColumnDescriptor from, ColumnDescriptor to, String property, Function<ColumnDescriptor, Object> value) {
        Object old = value.apply(from);
        Object now = value.apply(to);
        if (!old.equals(now)) {
            changes.add(new ColumnAltered(name, to.name(), property, old.toString(), now.toString()));
        }
    }

    private void keys() {
        List<KeyOfKind> oldKeys = keys(before);
        List<KeyOfKind> newKeys = keys(after);
        gone(oldKeys, newKeys).forEach(k -> changes.add(new KeyRemoved(name, k.kind(), k.key())));
        gone(newKeys, oldKeys).forEach(k -> changes.add(new KeyAdded(name, k.kind(), k.key())));
        gone(before.foreignKeys(), after.foreignKeys()).forEach(k -> changes.add(new ForeignKeyRemoved(name, k)));
        gone(after.foreignKeys(), before.foreignKeys()).forEach(k -> changes.add(new ForeignKeyAdded(name, k)));
        gone(before.indexes(), after.indexes()).forEach(i -> changes.add(new IndexRemoved(name, i)));
        gone(after.indexes(), before.indexes()).forEach(i -> changes.add(new IndexAdded(name, i)));
    }

    private static List<KeyOfKind> keys(TableDescriptor table) {
        List<KeyOfKind> keys = new ArrayList<>();
        table.primaryKey().ifPresent(k -> keys.add(new KeyOfKind(KeyKind.PRIMARY, k)));
        table.uniqueKeys().forEach(k -> keys.add(new KeyOfKind(KeyKind.UNIQUE, k)));
        return keys;
    }

    private static <T> List<T> gone(List<T> from, List<T> to) {
        return from.stream().filter(x -> !to.contains(x)).toList();
    }

    private void statistics() {
        OptionalDouble from = before.statistics().rowCount();
        OptionalDouble to = after.statistics().rowCount();
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        double larger = Math.max(from.getAsDouble(), to.getAsDouble());
        if (Math.abs(from.getAsDouble() - to.getAsDouble()) > SHIFT * larger) {
            changes.add(new StatisticsShifted(name, from.getAsDouble(), to.getAsDouble()));
        }
    }

    private record KeyOfKind(KeyKind kind, KeyDescriptor key) {}
}
