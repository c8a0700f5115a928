package io.calque.registry.drift;

import io.calque.registry.drift.RenamePairs.Pair;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which new tables may be former ones under another name: of the same kind, with mostly the same columns. A child table of MongoDB
 * goes with the table it is nested in. Stateless.
 */
final class TableRenames {
    private static final double COLUMNS = 4;
    private static final double KEYS = 2;
    private static final double ROWS = 2;
    private static final double NESTING = 2;
    private static final double SCHEMA = 1;
    private static final double NAME = 1;
    private static final double LEAST_SHARED_COLUMNS = 0.5;
    private static final double SAME_ROWS = 0.1;
    /** Beyond, only tables of exactly the same columns are compared: thousands that come and go are a new database. */
    private static final int MOST_PAIRS = 100_000;

    private TableRenames() {}

    static List<Pair<TableDescriptor>> of(List<TableDescriptor> gone, List<TableDescriptor> come) {
        List<Pair<TableDescriptor>> pairs = new ArrayList<>(pairs(
                gone.stream().filter(t -> t.nestedIn().isEmpty()).toList(),
                come.stream().filter(t -> t.nestedIn().isEmpty()).toList(),
                Map.of()));
        Map<TableName, TableName> renamed = new HashMap<>();
        pairs.forEach(p -> renamed.put(p.former().name(), p.now().name()));
        pairs.addAll(pairs(
                gone.stream().filter(t -> t.nestedIn().isPresent()).toList(),
                come.stream().filter(t -> t.nestedIn().isPresent()).toList(),
                renamed));
        return pairs;
    }

    private static List<Pair<TableDescriptor>> pairs(
            List<TableDescriptor> gone, List<TableDescriptor> come, Map<TableName, TableName> renamed) {
        if ((long) gone.size() * come.size() <= MOST_PAIRS) {
            return RenamePairs.of(gone, come, (a, b) -> evidence(a, b, renamed));
        }
        Map<Set<Shape>, List<TableDescriptor>> byShape = new HashMap<>();
        come.forEach(
                t -> byShape.computeIfAbsent(shape(t), s -> new ArrayList<>()).add(t));
        return RenamePairs.of(
                gone,
                come,
                (a, b) -> byShape.getOrDefault(shape(a), List.of()).contains(b)
                        ? evidence(a, b, renamed)
                        : Optional.empty());
    }

    private static Optional<RenameEvidence> evidence(
            TableDescriptor former, TableDescriptor now, Map<TableName, TableName> renamed) {
        if (former.kind() != now.kind()) {
            return Optional.empty();
        }
        Set<Shape> shared = new HashSet<>(shape(former));
        Set<Shape> all = new HashSet<>(shared);
        all.addAll(shape(now));
        shared.retainAll(shape(now));
        double share = all.isEmpty() ? 0 : (double) shared.size() / all.size();
        if (share < LEAST_SHARED_COLUMNS) {
            return Optional.empty();
        }
        RenameEvidence.Scale scale = new RenameEvidence.Scale()
                .weighShare(COLUMNS, share, shared.size() + " of " + all.size() + " columns the same")
                .weigh(SCHEMA, former.name().schema().equals(now.name().schema()), "same schema");
        if (former.primaryKey().isPresent() || now.primaryKey().isPresent()) {
            scale.weigh(
                    KEYS,
                    former.primaryKey()
                            .map(k -> k.columns())
                            .equals(now.primaryKey().map(k -> k.columns())),
                    "same primary key");
        }
        OptionalDouble oldRows = former.statistics().rowCount();
        OptionalDouble newRows = now.statistics().rowCount();
        if (oldRows.isPresent() && newRows.isPresent()) {
            double larger = Math.max(oldRows.getAsDouble(), newRows.getAsDouble());
            scale.weigh(
                    ROWS,
                    Math.abs(oldRows.getAsDouble() - newRows.getAsDouble()) <= SAME_ROWS * larger,
                    "same number of rows");
        }
        former.nestedIn()
                .ifPresent(nested -> now.nestedIn()
                        .ifPresent(other -> scale.weigh(
                                NESTING,
                                other.collection()
                                                .equals(renamed.getOrDefault(nested.collection(), nested.collection()))
                                        && nested.arrays().equals(other.arrays()),
                                "same arrays of the same collection")));
        double likeness = RenamePairs.likeness(former.name().table(), now.name().table());
        return Optional.of(scale.weighShare(NAME, likeness >= 0.5 ? likeness : 0, "similar name")
                .evidence());
    }

    private static Set<Shape> shape(TableDescriptor table) {
        Set<Shape> shape = new HashSet<>();
        for (ColumnDescriptor column : table.columns()) {
            shape.add(new Shape(column.name(), column.type()));
        }
        return shape;
    }

    private record Shape(String column, DataType type) {}
}
