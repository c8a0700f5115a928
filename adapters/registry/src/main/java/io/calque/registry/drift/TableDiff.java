package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ColumnAdded;
import io.calque.registry.drift.CatalogChange.ColumnAltered;
import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.ColumnRenamed;
import io.calque.registry.drift.CatalogChange.ColumnRetyped;
import io.calque.registry.drift.CatalogChange.ForeignKeyAdded;
import io.calque.registry.drift.CatalogChange.ForeignKeyChanged;
import io.calque.registry.drift.CatalogChange.ForeignKeyRemoved;
import io.calque.registry.drift.CatalogChange.IndexAdded;
import io.calque.registry.drift.CatalogChange.IndexChanged;
import io.calque.registry.drift.CatalogChange.IndexRemoved;
import io.calque.registry.drift.CatalogChange.KeyAdded;
import io.calque.registry.drift.CatalogChange.KeyChanged;
import io.calque.registry.drift.CatalogChange.KeyKind;
import io.calque.registry.drift.CatalogChange.KeyRemoved;
import io.calque.registry.drift.CatalogChange.TableAltered;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Compares two states of one table. Single-threaded. */
final class TableDiff {
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
        diff.changes.addAll(StatisticsShift.between(before, after));
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
        List<ColumnDescriptor> gone = before.columns().stream()
                .filter(c -> !now.containsKey(c.name()))
                .toList();
        List<ColumnDescriptor> come =
                after.columns().stream().filter(c -> !old.containsKey(c.name())).toList();
        gone.forEach(c -> changes.add(new ColumnRemoved(name, c)));
        for (ColumnDescriptor column : after.columns()) {
            ColumnDescriptor previous = old.get(column.name());
            if (previous == null) {
                changes.add(new ColumnAdded(name, column));
            } else if (!previous.equals(column)) {
                column(previous, column);
            }
        }
        RenamePairs.of(gone, come, new ColumnRenames(before, after)::evidence)
                .forEach(p -> changes.add(
                        new ColumnRenamed(name, p.former().name(), p.now().name(), p.evidence())));
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
        compare(
                oldKeys,
                newKeys,
                // The table's primary key stays its primary key, whatever it is called.
                k -> k.kind() == KeyKind.PRIMARY
                        ? "primary"
                        : "unique " + k.key().name(),
                k -> k.kind() == KeyKind.UNIQUE && k.key().name().isEmpty(),
                (from, to) -> new KeyChanged(name, to.kind(), from.key(), to.key()),
                k -> new KeyRemoved(name, k.kind(), k.key()),
                k -> new KeyAdded(name, k.kind(), k.key()));
        compare(
                before.foreignKeys(),
                after.foreignKeys(),
                ForeignKeyDescriptor::name,
                k -> k.name().isEmpty(),
                (from, to) -> new ForeignKeyChanged(name, from, to),
                k -> new ForeignKeyRemoved(name, k),
                k -> new ForeignKeyAdded(name, k));
        compare(
                before.indexes(),
                after.indexes(),
                IndexDescriptor::name,
                i -> i.name().isEmpty(),
                (from, to) -> new IndexChanged(name, from, to),
                i -> new IndexRemoved(name, i),
                i -> new IndexAdded(name, i));
    }

    /** What kept its name and differs has changed; what has no name can only come and go. */
    private <T> void compare(
            List<T> old,
            List<T> now,
            Function<T, String> called,
            Predicate<T> nameless,
            BiFunction<T, T, CatalogChange> changed,
            Function<T, CatalogChange> removed,
            Function<T, CatalogChange> added) {
        List<T> gone = new ArrayList<>(gone(old, now));
        List<T> come = new ArrayList<>(gone(now, old));
        List<CatalogChange> both = new ArrayList<>();
        for (T from : List.copyOf(gone)) {
            come.stream()
                    .filter(to -> !nameless.test(to) && called.apply(to).equals(called.apply(from)))
                    .findFirst()
                    .ifPresent(to -> {
                        both.add(changed.apply(from, to));
                        gone.remove(from);
                        come.remove(to);
                    });
        }
        gone.forEach(k -> changes.add(removed.apply(k)));
        changes.addAll(both);
        come.forEach(k -> changes.add(added.apply(k)));
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

    private record KeyOfKind(KeyKind kind, KeyDescriptor key) {}
}
