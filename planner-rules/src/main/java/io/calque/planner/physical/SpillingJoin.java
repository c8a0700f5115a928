package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/** A join by equality whose sides go to disk where memory does not hold the right one. Immutable. */
final class SpillingJoin extends Join implements SpillingOperator {
    private final JoinPlan plan;
    private final int operator;

    private SpillingJoin(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            RexNode condition,
            Set<CorrelationId> variables,
            JoinRelType type,
            JoinPlan plan,
            int operator) {
        super(cluster, traits, List.of(), left, right, condition, variables, type);
        this.plan = plan;
        this.operator = operator;
    }

    /** In the place of {@code join}; nothing where it is to stay. */
    static Optional<RelNode> of(EnumerableHashJoin join, RelNode left, RelNode right) {
        Optional<List<ValueKind>> leftColumns = ValueKind.of(left.getRowType());
        Optional<List<ValueKind>> rightColumns = ValueKind.of(right.getRowType());
        JoinInfo info = join.analyzeCondition();
        if (leftColumns.isEmpty()
                || rightColumns.isEmpty()
                || info.leftKeys.isEmpty()
                || !runs(join.getJoinType())
                || !join.getVariablesSet().isEmpty()) {
            return Optional.empty();
        }
        List<JoinPlan.Key> keys = new ArrayList<>();
        for (int i = 0; i < info.leftKeys.size(); i++) {
            int leftKey = info.leftKeys.get(i);
            int rightKey = info.rightKeys.get(i);
            if (leftColumns.get().get(leftKey) != rightColumns.get().get(rightKey)) {
                return Optional.empty();
            }
            keys.add(new JoinPlan.Key(leftKey, rightKey, !info.nullExclusionFlags.get(i)));
        }
        return Optional.of(new SpillingJoin(
                join.getCluster(),
                join.getTraitSet(),
                left,
                right,
                join.getCondition(),
                join.getVariablesSet(),
                join.getJoinType(),
                new JoinPlan(join.getJoinType(), leftColumns.get(), rightColumns.get(), keys),
                0));
    }

    private static boolean runs(JoinRelType type) {
        return switch (type) {
            case INNER, LEFT, RIGHT, FULL, SEMI, ANTI -> true;
            default -> false;
        };
    }

    @Override
    public SpillingOperator numbered(int number) {
        return new SpillingJoin(getCluster(), traitSet, left, right, condition, variablesSet, joinType, plan, number);
    }

    @Override
    public Join copy(
            RelTraitSet traits,
            RexNode newCondition,
            RelNode newLeft,
            RelNode newRight,
            JoinRelType type,
            boolean semiJoinDone) {
        return new SpillingJoin(
                getCluster(), traits, newLeft, newRight, newCondition, variablesSet, type, plan, operator);
    }

    /** What EXPLAIN calls every join by equality that runs here. */
    @Override
    public String getRelTypeName() {
        return "HashJoin";
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
        BlockBuilder builder = new BlockBuilder();
        PhysType leftType = arrays(implementor, left);
        PhysType rightType = arrays(implementor, right);
        Expression leftRows = rows(implementor, builder, 0, left, leftType.getFormat());
        Expression rightRows = rows(implementor, builder, 1, right, rightType.getFormat());
        PhysType type = arrays(implementor, this);
        builder.add(RuntimeCalls.call(
                "joined",
                Expressions.constant(operator),
                implementor.stash(plan, JoinPlan.class),
                Expressions.convert_(leftRows, Enumerable.class),
                Expressions.convert_(rightRows, Enumerable.class),
                JoinCondition.predicate(this, implementor, leftType, rightType)));
        return implementor.result(type, builder.toBlock());
    }

    private static PhysType arrays(EnumerableRelImplementor implementor, RelNode node) {
        return PhysTypeImpl.of(
                implementor.getTypeFactory(),
                node.getRowType(),
                JavaRowFormat.ARRAY.optimize(node.getRowType()),
                false);
    }

    private Expression rows(
            EnumerableRelImplementor implementor,
            BlockBuilder builder,
            int ordinal,
            RelNode input,
            JavaRowFormat format) {
        Result child = implementor.visitChild(this, ordinal, (EnumerableRel) input, Prefer.ARRAY);
        Expression rows = builder.append("rows" + ordinal, child.block);
        return builder.append("arrays" + ordinal, child.physType.convertTo(rows, format));
    }
}
