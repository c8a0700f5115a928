package io.calque.planner.join;

import io.calque.planner.pushdown.PushdownGate;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Looks among different values only, where many rows have the same: a source that groups them sends fewer.
 *
 * <pre>
 * SemiJoin(a = b)        SemiJoin(a = b)
 *   left                   left
 *   right          to      Aggregate(b)
 *                            right
 * </pre>
 *
 * <p>Must not fire where the join itself goes to a source: there the groups would only be in the way; nor where a source takes longer for
 * its groups than for all rows, as a document store may. Immutable.
 */
final class GroupSemiJoinKeys {
    /** With more groups than this share of the rows, they are not worth making. */
    private static final double MOST_GROUPS = 0.7;

    private final PushdownGate gate;

    GroupSemiJoinKeys(PushdownGate gate) {
        this.gate = gate;
    }

    RelNode apply(Join join) {
        int width = join.getLeft().getRowType().getFieldCount();
        RelNode right = join.getRight();
        ImmutableBitSet keys = RelOptUtil.InputFinder.bits(join.getCondition())
                .intersect(
                        ImmutableBitSet.range(width, width + right.getRowType().getFieldCount()))
                .shift(-width);
        RelMetadataQuery mq = join.getCluster().getMetadataQuery();
        Double groups = keys.isEmpty() ? null : mq.getDistinctRowCount(right, keys, null);
        boolean few = groups != null && groups < mq.getRowCount(right) * MOST_GROUPS;
        if (!few || groups != null && !pays(right, mq.getRowCount(right), groups, keys.cardinality())) {
            return join;
        }
        if (Boolean.TRUE.equals(mq.areColumnsUnique(right, keys))) {
            return join;
        }
        RelNode grouped = LogicalAggregate.create(right, List.of(), keys, null, List.of());
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                int index = ref.getIndex();
                return index < width ? ref : new RexInputRef(width + keys.indexOf(index - width), ref.getType());
            }
        });
        return LogicalJoin.create(join.getLeft(), grouped, List.of(), condition, Set.of(), join.getJoinType());
    }

    private boolean pays(RelNode rows, double count, double groups, int fields) {
        return OneSource.of(rows)
                .map(gate::readCosts)
                .map(costs -> count * costs.grouped() + costs.transfer(groups, fields) < costs.transfer(count, fields))
                .orElse(true);
    }
}
