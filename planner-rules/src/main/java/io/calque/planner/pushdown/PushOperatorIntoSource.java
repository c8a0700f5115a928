package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * Moves an operator with one input into the source when it computes all of it exactly: an aggregate, a sort with its bounds, a window.
 *
 * <pre>
 * Sort(SourceQuery(f))   to   SourceQuery(Sort(f))
 * </pre>
 *
 * <p>Filters and projections have rules of their own, because a part of them may go.
 */
public final class PushOperatorIntoSource extends RelRule<RuleConfig<PushOperatorIntoSource>> {
    private final PushdownGate gate;

    private PushOperatorIntoSource(RuleConfig<PushOperatorIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushOperatorIntoSource rule(Class<? extends SingleRel> operator, PushdownGate gate) {
        return RuleConfig.<PushOperatorIntoSource>of(
                        "PushIntoSource:" + operator.getSimpleName(),
                        b -> b.operand(operator)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushOperatorIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        SingleRel node = call.rel(0);
        SourceQuery query = call.rel(1);
        if (query.nativeText().isPresent()) {
            return;
        }
        RelNode candidate = node.copy(node.getTraitSet(), List.of(query.fragment()));
        if (gate.operator(query.source(), candidate).allowed()) {
            call.transformTo(SourceQuery.of(query.source(), candidate));
        }
    }
}
