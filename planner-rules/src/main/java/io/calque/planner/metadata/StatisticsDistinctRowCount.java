package io.calque.planner.metadata;

import io.calque.planner.bind.KeySource;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.SharedPart;
import io.calque.planner.pushdown.SourceQuery;
import io.calque.spi.catalog.TableDescriptor;
import java.util.OptionalDouble;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMdUtil;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Distinct values of columns from the registry's statistics. Stateless. */
public final class StatisticsDistinctRowCount implements MetadataHandler<BuiltInMetadata.DistinctRowCount> {
    @Override
    public MetadataDef<BuiltInMetadata.DistinctRowCount> getDef() {
        return BuiltInMetadata.DistinctRowCount.DEF;
    }

    /** Estimated distinct rows of the key columns among the rows that satisfy the predicate. */
    public @Nullable Double getDistinctRowCount(
            TableScan scan, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        double rows = mq.getRowCount(scan);
        double distinct = 1;
        TableDescriptor table = scan.getTable().unwrap(TableDescriptor.class);
        boolean unique = scan.getTable().isKey(key) || table != null && UniqueColumns.are(table, key);
        for (int column : key) {
            OptionalDouble known = table == null
                    ? OptionalDouble.empty()
                    : table.statistics()
                            .column(table.columns().get(column).name())
                            .distinctCount();
            distinct *= known.orElse(Math.max(1, rows / 10));
        }
        distinct = unique ? rows : Math.min(distinct, rows);
        if (predicate == null || predicate.isAlwaysTrue()) {
            return distinct;
        }
        Double share = mq.getSelectivity(scan, predicate);
        double selected = rows * (share == null ? RelMdUtil.guessSelectivity(predicate) : share);
        return unique ? Math.max(1, selected) : RelMdUtil.numDistinctVals(distinct, selected);
    }

    public @Nullable Double getDistinctRowCount(
            SourceQuery query, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        return mq.getDistinctRowCount(query.fragment(), key, predicate);
    }

    public @Nullable Double getDistinctRowCount(
            SourceFetch fetch, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        Double distinct = mq.getDistinctRowCount(fetch.query().fragment(), key, predicate);
        return distinct == null ? null : Math.min(distinct, mq.getRowCount(fetch));
    }

    public @Nullable Double getDistinctRowCount(
            SharedPart part, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        return mq.getDistinctRowCount(part.core(), key, predicate);
    }

    public @Nullable Double getDistinctRowCount(
            SharedRows rows, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        return mq.getDistinctRowCount(rows.part().core(), key, predicate);
    }

    public @Nullable Double getDistinctRowCount(
            KeySource keys, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        return mq.getDistinctRowCount(keys.getInput(), key, predicate);
    }

    /** Of columns that are passed on as they are. */
    public @Nullable Double getDistinctRowCount(
            Calc calc, RelMetadataQuery mq, ImmutableBitSet key, @Nullable RexNode predicate) {
        ImmutableBitSet.Builder below = ImmutableBitSet.builder();
        RexProgram program = calc.getProgram();
        for (int column : key) {
            if (!(program.expandLocalRef(program.getProjectList().get(column)) instanceof RexInputRef ref)) {
                return null;
            }
            below.set(ref.getIndex());
        }
        Double distinct = mq.getDistinctRowCount(calc.getInput(), below.build(), null);
        return distinct == null ? null : Math.min(distinct, mq.getRowCount(calc));
    }
}
