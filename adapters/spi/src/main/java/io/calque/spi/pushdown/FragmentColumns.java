package io.calque.spi.pushdown;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Finds the stored column behind a column of a fragment. */
public final class FragmentColumns {
    private FragmentColumns() {}

    /** The table that a scan reads. */
    public static TableDescriptor table(TableScan scan) {
        return table(scan.getTable());
    }

    private static TableDescriptor table(RelOptTable table) {
        return table.unwrapOrThrow(TableDescriptor.class);
    }

    /** The stored column that column {@code index} of {@code rel} passes through unchanged; empty when it is computed. */
    public static Optional<ColumnDescriptor> origin(RelNode rel, int index) {
        RelColumnOrigin origin = rel.getCluster().getMetadataQuery().getColumnOrigin(rel, index);
        if (origin == null || origin.isDerived()) {
            return Optional.empty();
        }
        return Optional.of(table(origin.getOriginTable()).columns().get(origin.getOriginColumnOrdinal()));
    }

    /** The stored column that {@code expression} over {@code input} names; empty when it is anything but a plain reference. */
    public static Optional<ColumnDescriptor> origin(RelNode input, RexNode expression) {
        return expression instanceof RexInputRef ref ? origin(input, ref.getIndex()) : Optional.empty();
    }
}
