package io.calque.planner.bind;

import io.calque.planner.metadata.UniqueColumns;
import io.calque.spi.catalog.TableDescriptor;
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
    double domain(KeyPath.End end) {
        return stored(end.fetch().query().fragment(), end.column()).orElseGet(() -> distinct(end));
    }

    /** As {@link #domain(KeyPath.End)}, of a column of any node; at least {@code least}. */
    double domain(RelNode node, int column, double least) {
        double most = least;
        for (KeyPath.End end : KeyPath.ends(node, column)) {
            most = Math.max(most, domain(end));
        }
        return most;
    }

    private OptionalDouble stored(RelNode fragment, int column) {
        RelColumnOrigin origin = mq.getColumnOrigin(fragment, column);
        if (origin == null || origin.isDerived()) {
            return OptionalDouble.empty();
        }
        RelOptTable relTable = origin.getOriginTable();
        int ordinal = origin.getOriginColumnOrdinal();
        Optional<TableDescriptor> table = Optional.ofNullable(relTable.unwrap(TableDescriptor.class));
        if (table.isEmpty()) {
            return OptionalDouble.empty();
        }
        TableDescriptor known = table.get();
        return UniqueColumns.are(known, ImmutableBitSet.of(ordinal))
                ? OptionalDouble.of(Math.max(1, relTable.getRowCount()))
                : known.statistics().column(known.columns().get(ordinal).name()).distinctCount();
    }
}
