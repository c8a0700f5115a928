package io.calque.registry.drift;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which new columns of a table may be former ones under another name: never of another engine type, and more likely the more of
 * place, properties, keys and values agree. Immutable.
 */
final class ColumnRenames {
    private static final double PLACE = 2;
    private static final double PROPERTIES = 1;
    private static final double KEYS = 2;
    private static final double VALUES = 4;
    private static final double NAME = 1;
    private static final double SAME_FRACTION = 0.02;
    private static final double SAME_COUNT = 0.1;

    private final TableDescriptor before;
    private final TableDescriptor after;

    ColumnRenames(TableDescriptor before, TableDescriptor after) {
        this.before = before;
        this.after = after;
    }

    Optional<RenameEvidence> evidence(ColumnDescriptor former, ColumnDescriptor now) {
        if (!former.type().equals(now.type())) {
            return Optional.empty();
        }
        RenameEvidence.Scale scale = new RenameEvidence.Scale()
                .weigh(PLACE, samePlace(former, now), "same position")
                .weigh(PROPERTIES, sameProperties(former, now), "same type " + now.nativeType() + " and properties");
        List<String> keys = memberships(before, former.name(), name -> name.equals(former.name()) ? now.name() : name);
        List<String> newKeys = memberships(after, now.name(), name -> name);
        if (!keys.isEmpty() || !newKeys.isEmpty()) {
            scale.weigh(KEYS, keys.equals(newKeys), "same keys and indexes");
        }
        values(
                scale,
                before.statistics().column(former.name()),
                after.statistics().column(now.name()));
        double likeness = RenamePairs.likeness(former.name(), now.name());
        return Optional.of(scale.weighShare(NAME, likeness >= 0.5 ? likeness : 0, "similar name")
                .evidence());
    }

    /** In MongoDB the inferred order follows the documents, so a neighbour counts as well as the number. */
    private boolean samePlace(ColumnDescriptor former, ColumnDescriptor now) {
        int from = before.columns().indexOf(former);
        int to = after.columns().indexOf(now);
        boolean sameParent = parent(former).equals(parent(now));
        return sameParent
                && (from == to
                        || neighbour(before, from - 1).equals(neighbour(after, to - 1))
                        || neighbour(before, from + 1).equals(neighbour(after, to + 1)));
    }

    private static List<String> parent(ColumnDescriptor column) {
        return column.path().subList(0, column.path().size() - 1);
    }

    private static Optional<String> neighbour(TableDescriptor table, int position) {
        return position < 0 || position >= table.columns().size()
                ? Optional.of("")
                : Optional.of(table.columns().get(position).name());
    }

    private static boolean sameProperties(ColumnDescriptor former, ColumnDescriptor now) {
        return former.nativeType().equals(now.nativeType())
                && former.nullable() == now.nullable()
                && former.defaultValue().equals(now.defaultValue())
                && former.generation() == now.generation()
                && former.comment().equals(now.comment());
    }

    /** What the column takes part in, by shape: names of keys and indexes may change with the column's. */
    private static List<String> memberships(TableDescriptor table, String column, UnaryOperator<String> renamed) {
        List<String> found = new ArrayList<>();
        table.primaryKey()
                .filter(k -> k.columns().contains(column))
                .ifPresent(k -> found.add("primary" + mapped(k.columns(), renamed)));
        table.uniqueKeys().stream()
                .filter(k -> k.columns().contains(column))
                .forEach(k -> found.add("unique" + mapped(k.columns(), renamed)));
        table.foreignKeys().stream()
                .filter(k -> k.columns().contains(column))
                .forEach(k -> found.add("foreign" + mapped(k.columns(), renamed) + k.target() + k.targetColumns()));
        table.indexes().stream()
                .filter(i -> i.columns().stream().anyMatch(c -> c.name().equals(column)))
                .forEach(i -> found.add(i.kind()
                        + i.unique()
                        + mapped(i.columns().stream().map(IndexColumn::name).toList(), renamed)));
        return found.stream().sorted().toList();
    }

    private static List<String> mapped(List<String> columns, UnaryOperator<String> renamed) {
        return columns.stream().map(renamed).toList();
    }

    private static void values(RenameEvidence.Scale scale, ColumnStatistics old, ColumnStatistics now) {
        List<Boolean> agreed = new ArrayList<>();
        compare(agreed, old.nullFraction(), now.nullFraction(), (a, b) -> Math.abs(a - b) <= SAME_FRACTION);
        compare(
                agreed,
                old.distinctCount(),
                now.distinctCount(),
                (a, b) -> Math.abs(a - b) <= SAME_COUNT * Math.max(a, b));
        if (old.min().isPresent() && now.min().isPresent()) {
            agreed.add(old.min().equals(now.min()) && old.max().equals(now.max()));
        }
        if (!old.mostCommon().isEmpty() && !now.mostCommon().isEmpty()) {
            agreed.add(overlap(old.mostCommon(), now.mostCommon()) >= 0.5);
        }
        if (!agreed.isEmpty()) {
            double share = (double) agreed.stream().filter(a -> a).count() / agreed.size();
            scale.weighShare(VALUES, share, share == 1 ? "same values and statistics" : "similar statistics");
        }
    }

    private static void compare(List<Boolean> agreed, OptionalDouble old, OptionalDouble now, Same same) {
        if (old.isPresent() && now.isPresent()) {
            agreed.add(same.test(old.getAsDouble(), now.getAsDouble()));
        }
    }

    private static double overlap(List<CommonValue> old, List<CommonValue> now) {
        Set<String> shared = new HashSet<>(old.stream().map(CommonValue::value).toList());
        int most = Math.max(old.size(), now.size());
        shared.retainAll(now.stream().map(CommonValue::value).toList());
        return (double) shared.size() / most;
    }

    @FunctionalInterface
    private interface Same {
        boolean test(double old, double now);
    }
}
