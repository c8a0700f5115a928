package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalUnion;

/**
 * Moves UNION, INTERSECT and EXCEPT of fragments of one source into that source. Of a UNION without duplicates over several sources, the
 * branches of one source are united there, so that its duplicates do not travel.
 *
 * <pre>
 * Union(SourceQuery(a), SourceQuery(b))   to   SourceQuery(Union(a, b))
 * </pre>
 *
 * <p>Must not take a part of an EXCEPT or INTERSECT: which rows it leaves depends on all branches.
 */
public final class PushSetOperationIntoSource extends RelRule<RuleConfig<PushSetOperationIntoSource>> {
    private final PushdownGate gate;

    private PushSetOperationIntoSource(RuleConfig<PushSetOperationIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushSetOperationIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushSetOperationIntoSource>of(
                        "PushSetOperationIntoSource",
                        b -> b.operand(SetOp.class).anyInputs(),
                        config -> new PushSetOperationIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        SetOp node = call.rel(0);
        List<RelNode> inputs = node.getInputs().stream().map(RelNode::stripped).toList();
        Map<SourceId, List<SourceQuery>> bySource = new LinkedHashMap<>();
        List<RelNode> others = new ArrayList<>();
        for (RelNode input : inputs) {
            if (input instanceof SourceQuery query && query.nativeText().isEmpty()) {
                bySource.computeIfAbsent(query.source(), s -> new ArrayList<>()).add(query);
            } else {
                others.add(input);
            }
        }
        if (others.isEmpty() && bySource.size() == 1) {
            List<SourceQuery> all = bySource.values().iterator().next();
            RelNode candidate = node.copy(node.getTraitSet(), fragments(all));
            if (gate.operator(all.get(0).source(), candidate).allowed()) {
                call.transformTo(SourceQuery.of(all.get(0).source(), candidate));
            }
        } else if (node instanceof LogicalUnion union && !union.all) {
            uniteParts(call, union, bySource, others);
        }
    }

    private void uniteParts(
            RelOptRuleCall call, LogicalUnion union, Map<SourceId, List<SourceQuery>> bySource, List<RelNode> others) {
        List<RelNode> united = new ArrayList<>();
        boolean fewer = false;
        for (List<SourceQuery> branches : bySource.values()) {
            RelNode part = branches.size() == 1 ? branches.get(0) : LogicalUnion.create(fragments(branches), false);
            boolean taken = branches.size() > 1
                    // A part may be narrower in type than the whole, which then no longer fits its columns.
                    && part.getRowType().equals(union.getRowType())
                    && gate.operator(branches.get(0).source(), part).allowed();
            if (taken) {
                united.add(SourceQuery.of(branches.get(0).source(), part));
                fewer = true;
            } else {
                united.addAll(branches);
            }
        }
        if (fewer) {
            united.addAll(others);
            call.transformTo(LogicalUnion.create(united, false));
        }
    }

    private static List<RelNode> fragments(List<SourceQuery> queries) {
        return queries.stream().map(SourceQuery::fragment).toList();
    }
}
