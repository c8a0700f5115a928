package io.calque.planner.rewrite;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.SemiJoinRule.JoinToSemiJoinRule.JoinToSemiJoinRuleConfig;
import org.apache.calcite.rel.rules.SemiJoinRule.ProjectToSemiJoinRule.ProjectToSemiJoinRuleConfig;

/**
 * The stock rules that make a join with groups, of which no column is read, a semi-join with what is grouped; for plain groups only.
 *
 * <pre>
 * Join(a = b)           SemiJoin(a = b)
 *   left                  left
 *   Aggregate(b)   to     input
 *     input
 * </pre>
 *
 * <p>Must not fire on a grand total, which is a row though its input has none, nor on grouping sets, whose rows need not hold all keys
 * of a row of the input.
 */
final class SemiJoinOverGroups {
    static final RelOptRule BELOW_PROJECT = ProjectToSemiJoinRuleConfig.DEFAULT
            .withOperandSupplier(b -> b.operand(Project.class)
                    .oneInput(p -> p.operand(Join.class)
                            .predicate(SemiJoinOverGroups::keepsLeft)
                            .inputs(
                                    l -> l.operand(RelNode.class).anyInputs(),
                                    r -> r.operand(Aggregate.class)
                                            .predicate(SemiJoinOverGroups::groups)
                                            .anyInputs())))
            .as(ProjectToSemiJoinRuleConfig.class)
            .toRule();

    static final RelOptRule ALONE = JoinToSemiJoinRuleConfig.DEFAULT
            .withOperandSupplier(b -> b.operand(Join.class)
                    .predicate(SemiJoinOverGroups::keepsLeft)
                    .inputs(
                            l -> l.operand(RelNode.class).anyInputs(),
                            r -> r.operand(Aggregate.class)
                                    .predicate(SemiJoinOverGroups::groups)
                                    .anyInputs()))
            .as(JoinToSemiJoinRuleConfig.class)
            .toRule();

    private SemiJoinOverGroups() {}

    private static boolean keepsLeft(Join join) {
        return join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT;
    }

    private static boolean groups(Aggregate aggregate) {
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE && aggregate.getGroupCount() > 0;
    }
}
