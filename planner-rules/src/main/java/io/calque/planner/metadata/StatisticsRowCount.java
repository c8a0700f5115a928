package io.calque.planner.metadata;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows of a join by the containment assumption: an equality keeps one pair in max(distinct left, distinct right)
 * (Selinger et al., 1979). Calcite's own guess is a constant per equality. Stateless.
 */
public final class StatisticsRowCount implements MetadataHandler<BuiltInMetadata.RowCount> {
    private static final double OTHER_CONDITION = 0.33;

    @Override
    public MetadataDef<BuiltInMetadata.RowCount> getDef() {
        return BuiltInMetadata.RowCount.DEF;
    }

    /** Estimated rows; at least 1. */
    public Double getRowCount(Join join, RelMetadataQuery mq) {
        double left = mq.getRowCount(join.getLeft());
        double right = mq.getRowCount(join.getRight());
        double inner = left * right * selectivity(join, mq, left, right);
        JoinRelType type = join.getJoinType();
        double rows = switch (type) {
            case LEFT, LEFT_MARK -> Math.max(inner, left);
            case RIGHT -> Math.max(inner, right);
            case FULL -> Math.max(inner, left + right);
            case SEMI -> Math.min(left, inner);
            case ANTI -> Math.max(left - Math.min(left, inner), left * 0.1);
            default -> inner;
        };
        return Math.max(1, rows);
    }

    private static double selectivity(Join join, RelMetadataQuery mq, double left, double right) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        double selectivity = 1;
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            selectivity *= selectivity(conjunct, join, leftWidth, mq, left, right);
        }
        return selectivity;
    }

    private static double selectivity(
            RexNode conjunct, Join join, int leftWidth, RelMetadataQuery mq, double left, double right) {
        if (!(conjunct instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
            return OTHER_CONDITION;
        }
        List<RexNode> sides = call.getOperands();
        double distinct = 1;
        for (RexNode side : sides) {
            if (side instanceof RexInputRef ref) {
                boolean fromLeft = ref.getIndex() < leftWidth;
                Double count = fromLeft
                        ? mq.getDistinctRowCount(join.getLeft(), ImmutableBitSet.of(ref.getIndex()), null)
                        : mq.getDistinctRowCount(join.getRight(), ImmutableBitSet.of(ref.getIndex() - leftWidth), null);
                double rows = fromLeft ? left : right;
                distinct = Math.max(distinct, Math.min(rows, count == null ? Math.sqrt(rows) : count));
            }
        }
        return 1 / distinct;
    }
}
