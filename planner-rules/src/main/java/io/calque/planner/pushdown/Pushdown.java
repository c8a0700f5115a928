package io.calque.planner.pushdown;

import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;

/** The deterministic phase that folds operators into their sources, bottom up. Stateless. */
public final class Pushdown {
    private Pushdown() {}

    /** The plan in which every table scan is a {@link SourceQuery} and holds as much of the plan as its source takes. */
    public static RelNode apply(RelNode plan, PushdownGate gate) {
        HepProgram program = new HepProgramBuilder()
                .addMatchOrder(HepMatchOrder.BOTTOM_UP)
                .addRuleInstance(ScanFromSource.rule())
                .addGroupBegin()
                .addRuleInstance(PushFilterIntoSource.rule(gate))
                .addRuleInstance(PushProjectIntoSource.rule(gate))
                .addRuleInstance(PushJoinIntoSource.rule(gate))
                .addRuleInstance(PushAggregateIntoSource.rule(gate))
                .addRuleInstance(PushSortIntoSource.rule(gate))
                .addRuleInstance(PushSetOperationIntoSource.rule(gate))
                .addRuleInstance(PushWindowIntoSource.rule(gate))
                .addGroupEnd()
                .build();
        HepPlanner planner = new HepPlanner(program);
        planner.setRoot(plan);
        return planner.findBestExp();
    }
}
