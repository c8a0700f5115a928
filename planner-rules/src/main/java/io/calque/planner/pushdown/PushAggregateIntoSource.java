package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;

/**
 * Moves an aggregate into the source when it computes GROUP BY, its functions exactly.
 *
 * <pre>
 * Aggregate(SourceQuery(f))   to   SourceQuery(Aggregate(f))
 * </pre>
 */
public final class PushAggregateIntoSource extends RelRule<RuleConfig<PushAggregateIntoSource>> {
    private final PushdownGate gate;

    private PushAggregateIntoSource(RuleConfig<PushAggregateIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushAggregateIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushAggregateIntoSource>of(
                        "PushAggregateIntoSource",
                        b -> b.operand(Aggregate.class)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushAggregateIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Aggregate node = call.rel(0);
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
