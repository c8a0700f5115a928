package io.calque.planner.physical;

import io.calque.planner.lowering.Lowering;
import io.calque.planner.lowering.SortByCodePoint;
import io.calque.planner.pushdown.SourceQuery;
import io.calque.planner.rewrite.Normalisation;
import io.calque.planner.rewrite.RulePass;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.CoreRules;

/** Chooses enumerable operators for what stays local. Stateless. */
public final class PhysicalPlanning {
    /**
     * No merge join: it needs both inputs sorted alike, and a source's order is not always ours. No join reordering either: that is
     * settled before.
     */
    private static final List<RelOptRule> RULES = List.of(
            FetchFromSource.RULE,
            ReadSharedPart.RULE,
            EnumerableRules.ENUMERABLE_JOIN_RULE,
            EnumerableRules.ENUMERABLE_CORRELATE_RULE,
            EnumerableRules.ENUMERABLE_CONDITIONAL_CORRELATE_RULE,
            EnumerableRules.ENUMERABLE_PROJECT_RULE,
            EnumerableRules.ENUMERABLE_FILTER_RULE,
            EnumerableRules.ENUMERABLE_CALC_RULE,
            EnumerableRules.ENUMERABLE_AGGREGATE_RULE,
            SortByCodePoint.RULE,
            EnumerableRules.ENUMERABLE_LIMIT_RULE,
            EnumerableRules.ENUMERABLE_COLLECT_RULE,
            EnumerableRules.ENUMERABLE_UNCOLLECT_RULE,
            EnumerableRules.ENUMERABLE_UNION_RULE,
            EnumerableRules.ENUMERABLE_REPEAT_UNION_RULE,
            EnumerableRules.ENUMERABLE_TABLE_SPOOL_RULE,
            EnumerableRules.ENUMERABLE_INTERSECT_RULE,
            EnumerableRules.ENUMERABLE_MINUS_RULE,
            EnumerableRules.ENUMERABLE_VALUES_RULE,
            EnumerableRules.ENUMERABLE_WINDOW_RULE,
            EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE);

    private static final RulePass UNIONS = RulePass.of(HepMatchOrder.DEPTH_FIRST, List.of(CoreRules.UNION_TO_DISTINCT));

    private static final RulePass CALCS = RulePass.of(HepMatchOrder.DEPTH_FIRST, RelOptRules.CALC_RULES);

    private PhysicalPlanning() {}

    /** The cheapest enumerable plan for {@code plan}, whose leaves are source queries and values. */
    public static EnumerableRel apply(RelNode plan) {
        if (plan instanceof SourceQuery whole) {
            // nothing is left here, so that there is nothing to choose
            return SourceFetch.of(whole);
        }
        RelNode aligned = withoutOrders(splitWindows(Lowering.apply(AlignJoinKeys.apply(groupUnions(plan)))));
        RelOptPlanner planner = aligned.getCluster().getPlanner();
        planner.clear();
        RULES.forEach(planner::addRule);
        // Sorts stand in the plan themselves, so the root asks for no order.
        RelTraitSet wanted = aligned.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
        RelNode root = aligned.getTraitSet().equals(wanted) ? aligned : planner.changeTraits(aligned, wanted);
        planner.setRoot(root);
        EnumerableRel best = (EnumerableRel) mergeCalcs(planner.findBestExp());
        // A plan may be kept for long; the search that found it need not.
        planner.clear();
        return best;
    }

    /**
     * Forgets that rows happen to be sorted, as those of no rows at all are: an operator above would ask for that order, which nothing
     * makes.
     */
    private static RelNode withoutOrders(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                RelTraitSet plain = node.getTraitSet().replace(RelCollations.EMPTY);
                boolean keeps = node instanceof Sort
                        || node.getInputs().isEmpty()
                        || node.getTraitSet().equals(plain);
                return keeps ? node : node.copy(plain, node.getInputs());
            }
        });
    }

    /** A union without duplicates is a grouping of one with: so its memory is watched as any grouping's is. */
    private static RelNode groupUnions(RelNode plan) {
        return UNIONS.over(plan);
    }

    private static RelNode splitWindows(RelNode plan) {
        return Normalisation.splitWindows(plan);
    }

    /** Enumerable filters and projections have no code of their own; they run as one Calc. */
    private static RelNode mergeCalcs(RelNode plan) {
        return CALCS.over(plan);
    }
}
