package io.calque.planner.rewrite;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Pulls out of a disjunction the conjuncts that all its branches share.
 *
 * <pre>
 * (a = b AND c = 1) OR (a = b AND c = 2)   to   a = b AND (c = 1 OR c = 2)
 * </pre>
 *
 * <p>Without it TPC-H Q19 is a cartesian product: its join key hides inside the ORs.
 */
public final class ExtractCommonConjuncts extends RelRule<RuleConfig<ExtractCommonConjuncts>> {
    static final RelOptRule RULE = RuleConfig.of(
                    "ExtractCommonConjuncts",
                    b -> b.operand(Filter.class)
                            .predicate(ExtractCommonConjuncts::isDisjunctive)
                            .anyInputs(),
                    ExtractCommonConjuncts::new)
            .toRule();

    private ExtractCommonConjuncts(RuleConfig<ExtractCommonConjuncts> config) {
        super(config);
    }

    private static boolean isDisjunctive(Filter filter) {
        return RexUtil.findOperatorCall(SqlStdOperatorTable.OR, filter.getCondition()) != null;
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Filter filter = call.rel(0);
        RexNode pulled = RexUtil.pullFactors(filter.getCluster().getRexBuilder(), filter.getCondition());
        if (!pulled.equals(filter.getCondition())) {
            call.transformTo(filter.copy(filter.getTraitSet(), filter.getInput(), pulled));
        }
    }
}
