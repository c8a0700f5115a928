package io.calque.planner.physical;

import io.calque.planner.lowering.ZeroLowering;
import io.calque.planner.rewrite.RulePass;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Gives both sides of every equality in a join one type.
 *
 * <p>A hash join compares keys with {@code equals}: INTEGER 1 would never meet BIGINT 1, nor DECIMAL 1.0 meet 1.00, nor 0.0 meet -0.0.
 * Stateless.
 */
final class AlignJoinKeys {
    private static final RulePass PUSH_EXPRESSIONS =
            RulePass.of(HepMatchOrder.DEPTH_FIRST, List.of(CoreRules.JOIN_PUSH_EXPRESSIONS));

    private AlignJoinKeys() {}

    static RelNode apply(RelNode plan) {
        return PUSH_EXPRESSIONS.over(align(plan));
    }

    private static RelNode align(RelNode node) {
        List<RelNode> inputs =
                node.getInputs().stream().map(AlignJoinKeys::align).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (!(copy instanceof Join join)) {
            return copy;
        }
        RexBuilder rex = join.getCluster().getRexBuilder();
        List<RexNode> conjuncts = new ArrayList<>();
        RelOptUtil.conjunctions(join.getCondition()).forEach(c -> conjuncts.add(align(c, rex)));
        RexNode condition = RexUtil.composeConjunction(rex, conjuncts);
        if (condition.equals(join.getCondition())) {
            return join;
        }
        return join.copy(
                join.getTraitSet(),
                condition,
                join.getLeft(),
                join.getRight(),
                join.getJoinType(),
                join.isSemiJoinDone());
    }

    private static RexNode align(RexNode conjunct, RexBuilder rex) {
        boolean equality = conjunct.getKind() == SqlKind.EQUALS || conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        if (!equality) {
            return conjunct;
        }
        RexCall call = (RexCall) conjunct;
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        RelDataTypeFactory types = rex.getTypeFactory();
        RelDataType common = types.leastRestrictive(List.of(left.getType(), right.getType()));
        if (common == null) {
            return conjunct;
        }
        RexNode leftKey = ZeroLowering.key(rex, cast(left, common, rex));
        RexNode rightKey = ZeroLowering.key(rex, cast(right, common, rex));
        return leftKey == left && rightKey == right ? conjunct : rex.makeCall(call.getOperator(), leftKey, rightKey);
    }

    private static RexNode cast(RexNode value, RelDataType type, RexBuilder rex) {
        RelDataType nullable = rex.getTypeFactory()
                .createTypeWithNullability(type, value.getType().isNullable());
        return SqlTypeUtil.equalSansNullability(rex.getTypeFactory(), value.getType(), type)
                ? value
                : rex.makeAbstractCast(nullable, value, false);
    }
}
