package io.calque.planner.rewrite;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule.OperandTransform;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.JoinProjectTransposeRule;

/**
 * Calcite's rules that pull projections through a join, for inner joins only.
 *
 * <p>Counter-example: on a semi-join the stock rule builds a row type from columns of the right side, which a semi-join does not
 * return, and fails with an index out of bounds (TPC-H Q20).
 */
final class LiftProjects {
    static final RelOptRule BOTH = rule(
            "LiftProjectsFromBoth",
            b -> b.operand(LogicalJoin.class)
                    .predicate(LiftProjects::isInner)
                    .inputs(
                            left -> left.operand(LogicalProject.class).anyInputs(),
                            right -> right.operand(LogicalProject.class).anyInputs()));
    static final RelOptRule LEFT = rule(
            "LiftProjectsFromLeft",
            b -> b.operand(LogicalJoin.class)
                    .predicate(LiftProjects::isInner)
                    // no operand for the right side: a third match is what tells the stock rule of a projection there
                    .inputs(left -> left.operand(LogicalProject.class).anyInputs()));
    static final RelOptRule RIGHT = rule(
            "LiftProjectsFromRight",
            b -> b.operand(LogicalJoin.class)
                    .predicate(LiftProjects::isInner)
                    .inputs(
                            left -> left.operand(RelNode.class).anyInputs(),
                            right -> right.operand(LogicalProject.class).anyInputs()));

    private LiftProjects() {}

    private static boolean isInner(LogicalJoin join) {
        return join.getJoinType() == JoinRelType.INNER;
    }

    private static RelOptRule rule(String description, OperandTransform operands) {
        return JoinProjectTransposeRule.Config.DEFAULT
                .withOperandSupplier(operands)
                .withDescription(description)
                .toRule();
    }
}
