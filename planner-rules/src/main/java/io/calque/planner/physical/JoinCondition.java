package io.calque.planner.physical;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.function.Predicate2;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.rex.RexUtil;

/** What of a join's condition is no equality of columns, as code over a row of each side. Stateless. */
final class JoinCondition {
    private JoinCondition() {}

    /** A {@code Predicate2} that NULL does not fulfil; null where there is no more to ask than equality. */
    static Expression predicate(
            Join join, EnumerableRelImplementor implementor, PhysType leftType, PhysType rightType) {
        List<RexNode> rest = join.analyzeCondition().nonEquiConditions;
        if (rest.isEmpty()) {
            return Expressions.constant(null, Predicate2.class);
        }
        RexBuilder rexBuilder = join.getCluster().getRexBuilder();
        RexProgramBuilder program = new RexProgramBuilder(
                implementor
                        .getTypeFactory()
                        .builder()
                        .addAll(join.getLeft().getRowType().getFieldList())
                        .addAll(join.getRight().getRowType().getFieldList())
                        .build(),
                rexBuilder);
        program.addCondition(RexUtil.composeConjunction(rexBuilder, rest));
        ParameterExpression leftRow = Expressions.parameter(leftType.getJavaRowType(), "left");
        ParameterExpression rightRow = Expressions.parameter(rightType.getJavaRowType(), "right");
        // in this order: a column of the right side is found behind those of the left one
        Map<Expression, PhysType> rows = new LinkedHashMap<>();
        rows.put(leftRow, leftType);
        rows.put(rightRow, rightType);
        BlockBuilder code = new BlockBuilder();
        Expression holds = RexToLixTranslator.translateCondition(
                program.getProgram(),
                implementor.getTypeFactory(),
                code,
                new RexToLixTranslator.InputGetterImpl(rows),
                implementor::getCorrelVariableGetter,
                implementor.getConformance());
        code.add(Expressions.return_(null, holds));
        return Expressions.lambda(Predicate2.class, code.toBlock(), leftRow, rightRow);
    }
}
