package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexUtil;

/**
 * Moves a join of two fragments of one source into that source.
 *
 * <pre>
 * Join(SourceQuery(a), SourceQuery(b))   to   SourceQuery(Join(a, b))
 * </pre>
 *
 * <p>Must not fire on a cartesian product: its rows are cheaper to make here than to move.
 */
public final class PushJoinIntoSource extends RelRule<RuleConfig<PushJoinIntoSource>> {
    private final PushdownGate gate;

    private PushJoinIntoSource(RuleConfig<PushJoinIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushJoinIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushJoinIntoSource>of(
                        "PushJoinIntoSource",
                        b -> b.operand(Join.class)
                                .inputs(
                                        left -> left.operand(SourceQuery.class).noInputs(),
                                        right ->
                                                right.operand(SourceQuery.class).noInputs()),
                        config -> new PushJoinIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Join join = call.rel(0);
        SourceQuery left = call.rel(1);
        SourceQuery right = call.rel(2);
        if (!left.source().equals(right.source())
                || left.nativeText().isPresent()
                || right.nativeText().isPresent()
                || join.getCondition().isAlwaysTrue()
                || RexUtil.SubQueryFinder.containsSubQuery(join)) {
            return;
        }
        RelNode candidate = join.copy(join.getTraitSet(), List.of(left.fragment(), right.fragment()));
        if (gate.operator(left.source(), candidate).allowed()) {
            call.transformTo(SourceQuery.of(left.source(), candidate));
        }
    }
}
