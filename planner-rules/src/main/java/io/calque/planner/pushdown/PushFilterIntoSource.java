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
 * Moves the conjuncts that the source computes exactly into its fragment; the others stay above.
 *
 * <pre>
 * Filter(a = 1 AND lpad(b) = 'x')          Filter(lpad(b) = 'x')
 *   SourceQuery(Scan t)            to        SourceQuery(Filter(a = 1, Scan t))
 * </pre>
 *
 * <p>Must not fire on a conjunct that the source refuses: a filter there would drop or keep other rows.
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
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            RelNode candidate = LogicalFilter.create(query.fragment(), conjunct);
            boolean taken = RexUtil.isDeterministic(conjunct)
                    && gate.operator(query.source(), candidate).allowed();
            (taken ? pushed : kept).add(conjunct);
        }
        if (pushed.isEmpty()) {
            return;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode narrowed = SourceQuery.of(
                query.source(), LogicalFilter.create(query.fragment(), RexUtil.composeConjunction(rex, pushed)));
        call.transformTo(
                kept.isEmpty() ? narrowed : LogicalFilter.create(narrowed, RexUtil.composeConjunction(rex, kept)));
    }
}
