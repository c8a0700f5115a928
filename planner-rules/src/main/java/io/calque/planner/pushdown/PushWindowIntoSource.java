package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;

/**
 * Moves a window into the source when it computes partitions, order, frame and functions exactly.
 *
 * <pre>
 * Window(SourceQuery(f))   to   SourceQuery(Window(f))
 * </pre>
 */
public final class PushWindowIntoSource extends RelRule<RuleConfig<PushWindowIntoSource>> {
    private final PushdownGate gate;

    private PushWindowIntoSource(RuleConfig<PushWindowIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushWindowIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushWindowIntoSource>of(
                        "PushWindowIntoSource",
                        b -> b.operand(Window.class)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushWindowIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Window node = call.rel(0);
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
