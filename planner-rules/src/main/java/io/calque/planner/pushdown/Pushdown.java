package io.calque.planner.pushdown;

import io.calque.planner.PlanningBudget;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;

/** The deterministic phase that folds operators into their sources, bottom up. Immutable. */
public final class Pushdown {
    private final HepProgram program;

    public Pushdown(PushdownGate gate) {
        this.program = new HepProgramBuilder()
                .addMatchOrder(HepMatchOrder.BOTTOM_UP)
                .addRuleInstance(ScanFromSource.RULE)
                .addGroupBegin()
                .addRuleInstance(PushFilterIntoSource.rule(gate))
                .addRuleInstance(PushProjectIntoSource.rule(gate))
                .addRuleInstance(PushJoinIntoSource.rule(gate))
                .addRuleInstance(PushOperatorIntoSource.rule(Aggregate.class, gate))
                .addRuleInstance(PushOperatorIntoSource.rule(Sort.class, gate))
                .addRuleInstance(PushSetOperationIntoSource.rule(gate))
                .addRuleInstance(PushOperatorIntoSource.rule(Window.class, gate))
                .addGroupEnd()
                .build();
    }

    /** The plan in which every table scan is a {@link SourceQuery} and holds as much of the plan as its source takes. */
    public RelNode apply(RelNode plan) {
        HepPlanner planner = PlanningBudget.rewriting(program, plan.getCluster());
        planner.setRoot(plan);
        return planner.findBestExp();
    }
}
