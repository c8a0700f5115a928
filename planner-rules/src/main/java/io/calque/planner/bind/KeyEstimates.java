package io.calque.planner.bind;

import io.calque.planner.cost.CostModel;
import io.calque.planner.metadata.StoredValues;
import io.calque.planner.metadata.UniqueColumns;
import io.calque.planner.physical.ColumnSpread;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.ReadCosts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;

/** How many keys there will be and how many rows they leave, from the registry's statistics. Single-threaded. */
final class KeyEstimates {
    private final RelMetadataQuery mq;

    KeyEstimates(RelMetadataQuery mq) {
        this.mq = mq;
    }

    double rows(RelNode node) {
        return mq.getRowCount(node);
    }

    /** Different values of a column among the rows of a node. */
    double keys(RelNode node, int column) {
        double rows = rows(node);
        double least = rows;
        for (KeyPath.End end : KeyPath.ends(node, column)) {
            least = Math.min(least, distinct(end));
        }
        return Math.max(1, least);
    }

    /** Different values among the rows that a fetch would bring. */
    private double distinct(KeyPath.End end) {
        RelNode fragment = end.fetch().query().fragment();
        if (Boolean.TRUE.equals(mq.areColumnsUnique(fragment, ImmutableBitSet.of(end.column())))) {
            return rows(fragment);
        }
        Double known = mq.getDistinctRowCount(fragment, ImmutableBitSet.of(end.column()), null);
        double rows = rows(fragment);
        return known == null ? rows : Math.min(known, rows);
    }

    /** Different values that the stored column behind an end has in its whole table: what keys are drawn from. */
    private double domain(KeyPath.End end) {
        return stored(end.fetch().query().fragment(), end.column()).orElseGet(() -> distinct(end));
    }

    /** As {@link #domain(KeyPath.End)}, of a column of any node; at least {@code least}. */
    private double domain(RelNode node, int column, double least) {
        double most = least;
        for (KeyPath.End end : KeyPath.ends(node, column)) {
            most = Math.max(most, domain(end));
        }
        return most;
    }

    /**
     * What the keys of both sides are drawn from. Where one of them is unique in its table, what refers to it has no others, whatever a
     * sample says of how many it has.
     */
    double domain(KeyPath.End end, RelNode source, int column, double keys) {
        double unique = StoredValues.ofUnique(end.fetch().query().fragment(), end.column(), mq)
                .orElse(0);
        for (KeyPath.End other : KeyPath.ends(source, column)) {
            unique = Math.max(
                    unique,
                    StoredValues.ofUnique(other.fetch().query().fragment(), other.column(), mq)
                            .orElse(0));
        }
        return unique > 0 ? Math.max(unique, keys) : Math.max(domain(end), domain(source, column, keys));
    }

    /** Microseconds in which a source joins and groups the rows of which it sends the fragment's. */
    double work(RelNode fragment, ReadCosts costs) {
        return CostModel.computedAtSource(costs, fragment, mq).total();
    }

    private OptionalDouble stored(RelNode fragment, int column) {
        return origin(fragment, column)
                .map(stored -> UniqueColumns.are(stored.table(), ImmutableBitSet.of(stored.column()))
                        ? OptionalDouble.of(Math.max(1, stored.rows()))
                        : stored.statistics().distinctCount())
                .orElse(OptionalDouble.empty());
    }

    /** Different combinations of values of some columns among the rows of a node. */
    double keys(RelNode node, List<Integer> columns) {
        double combinations = 1;
        for (int column : columns) {
            combinations *= keys(node, column);
        }
        return Math.max(1, Math.min(rows(node), combinations));
    }

    /**
     * How many combinations of values keys of several columns are drawn from: the rows of the table that they are a key of, on either side; else
     * all that the fetched table may have, where each further column counts by its root, for they mostly depend on each other.
     */
    double domain(RelNode source, List<Integer> sourceColumns, List<KeyPath.End> ends) {
        RelNode fragment = ends.get(0).fetch().query().fragment();
        OptionalDouble target =
                keyed(fragment, ends.stream().map(KeyPath.End::column).toList());
        OptionalDouble given = keyed(source, sourceColumns);
        if (target.isPresent() || given.isPresent()) {
            return Math.max(target.orElse(1), given.orElse(1));
        }
        List<Double> each = ends.stream()
                .map(this::domain)
                .sorted(Comparator.reverseOrder())
                .toList();
        double combinations = each.get(0);
        for (double further : each.subList(1, each.size())) {
            combinations *= Math.sqrt(further);
        }
        double most = origin(fragment, ends.get(0).column()).map(Stored::rows).orElse(combinations);
        return Math.max(1, Math.min(most, combinations));
    }

    /** The stored column that a column of a fragment is, or the first of those that a column of a plan is made of. */
    private Optional<Stored> storedBehind(RelNode node, int column) {
        List<KeyPath.End> ends = KeyPath.ends(node, column);
        return ends.isEmpty()
                ? origin(node, column)
                : origin(ends.get(0).fetch().query().fragment(), ends.get(0).column());
    }

    /** The rows of the table whose key these columns are; empty where they are none, or come from several tables. */
    private OptionalDouble keyed(RelNode node, List<Integer> columns) {
        List<Stored> stored = new ArrayList<>();
        columns.forEach(column -> storedBehind(node, column).ifPresent(stored::add));
        boolean whole = stored.size() == columns.size()
                && stored.stream().map(s -> s.table().name()).distinct().count() == 1;
        ImmutableBitSet ordinals =
                ImmutableBitSet.of(stored.stream().map(Stored::column).toList());
        return whole && UniqueColumns.are(stored.get(0).table(), ordinals)
                ? OptionalDouble.of(Math.max(1, stored.get(0).rows()))
                : OptionalDouble.empty();
    }

    /** Where the values of the stored column behind an end lie; empty where that is not known. */
    Optional<ColumnSpread> spread(KeyPath.End end) {
        RelNode fragment = end.fetch().query().fragment();
        DataType type = RelTypes.toData(
                fragment.getRowType().getFieldList().get(end.column()).getType());
        return origin(fragment, end.column()).flatMap(stored -> ColumnSpread.of(type, stored.statistics()));
    }

    /** The share of a column's rows between the least and the greatest value that keys may have, as far as statistics tell. */
    double between(RelNode node, int column, ColumnSpread spread) {
        return KeyPath.ends(node, column).stream()
                .mapToDouble(end -> spread(end).map(own -> within(own, spread)).orElse(1.0))
                .max()
                .orElse(1);
    }

    /** Numbers and days have one measure each; text and numbers are never joined by keys. */
    private static double within(ColumnSpread keys, ColumnSpread spread) {
        return keys.least().getClass() == spread.least().getClass() ? spread.share(keys.least(), keys.greatest()) : 1;
    }

    /**
     * A column of a table that a column of a fragment is.
     *
     * @param rows of the table
     */
    private record Stored(TableDescriptor table, int column, double rows) {
        ColumnStatistics statistics() {
            return table.statistics().column(table.columns().get(column).name());
        }
    }

    private Optional<Stored> origin(RelNode fragment, int column) {
        RelColumnOrigin origin = mq.getColumnOrigin(fragment, column);
        if (origin == null || origin.isDerived()) {
            return Optional.empty();
        }
        RelOptTable table = origin.getOriginTable();
        return Optional.ofNullable(table.unwrap(TableDescriptor.class))
                .map(known -> new Stored(known, origin.getOriginColumnOrdinal(), table.getRowCount()));
    }
}
