package io.calque.planner.rewrite;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * Keeps the conditions of outer joins from the stock decorrelator, which takes a column of the preserved side for NOT NULL when the
 * condition is not true of NULL, and then joins the subquery by {@code =} where only IS NOT DISTINCT FROM finds the row of NULL.
 *
 * <pre>
 * SELECT c.x NOT IN (SELECT y FROM t WHERE t.k = e.k) FROM e LEFT JOIN c ON e.k = c.k   is TRUE where e.k is NULL
 * </pre>
 *
 * <p>Must not hide conditions that read an outer row, which are what decorrelation looks for. Stateless.
 */
final class OuterJoinConditions {
    /** The condition itself, of which nothing is known. */
    private static final SqlOperator HIDDEN = new SqlFunction(
            "HIDDEN", SqlKind.OTHER_FUNCTION, ReturnTypes.ARG0, null, OperandTypes.BOOLEAN, SqlFunctionCategory.SYSTEM);

    private OuterJoinConditions() {}

    static RelNode hide(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                return node instanceof Join join && join.getJoinType().isOuterJoin() ? hidden(join) : node;
            }
        });
    }

    private static Join hidden(Join join) {
        RexNode condition = join.getCondition();
        if (condition.isAlwaysTrue() || RexUtil.containsFieldAccess(condition)) {
            return join;
        }
        RexNode hidden = join.getCluster().getRexBuilder().makeCall(HIDDEN, condition);
        return join.copy(
                join.getTraitSet(), hidden, join.getLeft(), join.getRight(), join.getJoinType(), join.isSemiJoinDone());
    }

    static RelNode show(RelNode plan) {
        RexShuttle shown = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return call.getOperator() == HIDDEN ? call.getOperands().get(0).accept(this) : super.visitCall(call);
            }
        };
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(shown);
            }
        });
    }
}
