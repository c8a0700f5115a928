package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Moves the conjuncts that the source computes exactly into its fragment; the others stay above, and of those what they imply goes there
 * as well.
 *
 * <pre>
 * Filter(a = 1 AND lpad(b) = 'x')          Filter(lpad(b) = 'x')
 *   SourceQuery(Scan t)            to        SourceQuery(Filter(a = 1, Scan t))
 * </pre>
 *
 * <p>Must not move a conjunct that the source refuses: a filter there would drop or keep other rows. Must not leave what is implied there
 * twice: it would never end.
 */
public final class PushFilterIntoSource extends RelRule<RuleConfig<PushFilterIntoSource>> {
    private final PushdownGate gate;

    private PushFilterIntoSource(RuleConfig<PushFilterIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushFilterIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushFilterIntoSource>of(
                        "PushFilterIntoSource",
                        b -> b.operand(Filter.class)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushFilterIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Filter filter = call.rel(0);
        SourceQuery query = call.rel(1);
        if (query.nativeText().isPresent()
                || RexUtil.SubQueryFinder.containsSubQuery(filter)
                || !filter.getVariablesSet().isEmpty()) {
            return;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        ImpliedCondition implied = new ImpliedCondition(rex, condition -> takes(query, condition));
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : Conjuncts.of(filter)) {
            RexNode weaker = RexUtil.isDeterministic(conjunct) ? implied.of(conjunct) : null;
            if (weaker != null && !holds(query, weaker)) {
                pushed.add(weaker);
            }
            if (!conjunct.equals(weaker)) {
                kept.add(conjunct);
            }
        }
        if (pushed.isEmpty()) {
            return;
        }
        RelNode narrowed = SourceQuery.of(
                query.source(), LogicalFilter.create(query.fragment(), RexUtil.composeConjunction(rex, pushed)));
        call.transformTo(
                kept.isEmpty() ? narrowed : LogicalFilter.create(narrowed, RexUtil.composeConjunction(rex, kept)));
    }

    private boolean takes(SourceQuery query, RexNode condition) {
        return RexUtil.isDeterministic(condition)
                && gate.operator(query.source(), LogicalFilter.create(query.fragment(), condition))
                        .allowed();
    }

    /** Whether an earlier round has left it there already. */
    private static boolean holds(SourceQuery query, RexNode condition) {
        return query.fragment() instanceof Filter filter
                && RelOptUtil.conjunctions(filter.getCondition()).containsAll(RelOptUtil.conjunctions(condition));
    }
}
