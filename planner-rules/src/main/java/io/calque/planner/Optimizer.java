package io.calque.planner;

import io.calque.planner.bind.BindJoins;
import io.calque.planner.join.AggregateBelowJoin;
import io.calque.planner.join.OrderJoins;
import io.calque.planner.lowering.ExpandAverages;
import io.calque.planner.physical.FetchNumbering;
import io.calque.planner.physical.PhysicalPlanning;
import io.calque.planner.physical.SpillingOperators;
import io.calque.planner.pushdown.Pushdown;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.Residuals;
import io.calque.planner.pushdown.TrimFetches;
import io.calque.planner.rewrite.Normalisation;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;

/** Turns algebra into a plan that runs: normalise, order joins, push down, plan the rest. Stateless but for its gate; thread-safe. */
public final class Optimizer {
    private final PushdownGate gate;

    public Optimizer(PushdownGate gate) {
        this.gate = gate;
    }

    /**
     * @param root validated algebra over tables of the catalog, in a cluster of {@link PlannerCluster}
     */
    public OptimizedPlan optimize(RelRoot root) {
        RelNode pushed = pushDown(normalise(root.project()));
        EnumerableRel bound = BindJoins.apply(PhysicalPlanning.apply(pushed), gate);
        EnumerableRel physical = gate.spills() ? SpillingOperators.in(bound) : bound;
        FetchNumbering numbering = new FetchNumbering();
        EnumerableRel numbered = (EnumerableRel) numbering.apply(physical);
        return new OptimizedPlan(numbered, numbering.fetches(), Residuals.of(pushed, gate));
    }

    private RelNode normalise(RelNode plan) {
        // Averages become sums and counts, so that these can be pushed even where an exact average cannot.
        RelNode flat = ExpandAverages.apply(Normalisation.removeSubqueries(plan));
        RelNode moved = Normalisation.findSemiJoins(Normalisation.movePredicates(Normalisation.implyConditions(flat)));
        RelNode ordered = new OrderJoins(gate).apply(Normalisation.gatherJoins(moved));
        RelNode trimmed = Normalisation.trimColumns(Normalisation.movePredicates(ordered));
        return new AggregateBelowJoin(gate).apply(trimmed);
    }

    private RelNode pushDown(RelNode plan) {
        RelNode folded = Pushdown.apply(plan, gate);
        RelNode pushed = containsWindow(folded) ? Pushdown.apply(Normalisation.splitWindows(folded), gate) : folded;
        // Splitting DISTINCT makes new aggregates that may be pushed in their turn.
        RelNode whole = Pushdown.apply(Normalisation.expandForLocal(pushed), gate);
        return TrimFetches.apply(whole, gate);
    }

    private static boolean containsWindow(RelNode plan) {
        return plan instanceof Project project && project.containsOver()
                || plan.getInputs().stream().anyMatch(Optimizer::containsWindow);
    }
}
