package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;

/**
 * Moves a sort, limit or offset into the source when it computes its keys and bounds exactly.
 *
 * <pre>
 * Sort(SourceQuery(f))   to   SourceQuery(Sort(f))
 * </pre>
 */
public final class PushSortIntoSource extends RelRule<RuleConfig<PushSortIntoSource>> {
    private final PushdownGate gate;

    private PushSortIntoSource(RuleConfig<PushSortIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushSortIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushSortIntoSource>of(
                        "PushSortIntoSource",
                        b -> b.operand(Sort.class)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushSortIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Sort node = call.rel(0);
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
