package io.calque.planner;

import io.calque.planner.bind.BindJoins;
import io.calque.planner.cost.PlanCost;
import io.calque.planner.join.AggregateBelowJoin;
import io.calque.planner.join.AggregateBelowUnion;
import io.calque.planner.join.LimitBelowOuterJoin;
import io.calque.planner.join.OrderJoins;
import io.calque.planner.lowering.ExpandAverages;
import io.calque.planner.physical.FetchNumbering;
import io.calque.planner.physical.PhysicalPlanning;
import io.calque.planner.physical.SharedParts;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SpillingOperators;
import io.calque.planner.pushdown.JoinOrders;
import io.calque.planner.pushdown.OperatorClass;
import io.calque.planner.pushdown.Pushdown;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.Residual;
import io.calque.planner.pushdown.Residuals;
import io.calque.planner.pushdown.SharedFetches;
import io.calque.planner.pushdown.SharedPart;
import io.calque.planner.pushdown.TrimFetches;
import io.calque.planner.rewrite.Normalisation;
import io.calque.planner.shared.CommonParts;
import io.calque.planner.shared.Finding;
import io.calque.planner.shared.NarrowParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;

/** Turns algebra into a plan that runs: normalise, order joins, push down, plan the rest. Stateless but for its gate; thread-safe. */
public final class Optimizer {
    /** Parts that a plan may share, and findings that are planned to find each. */
    private static final int MOST_PARTS = 3;

    private static final int MOST_TRIED = 4;

    /** Estimates are not that good: plans stay as they are where another one costs nearly as much. */
    private static final double CLEARLY_LESS = 0.8;

    private final PushdownGate gate;

    public Optimizer(PushdownGate gate) {
        this.gate = gate;
    }

    /**
     * @param root validated algebra over tables of the catalog, in a cluster of {@link PlannerCluster}
     */
    public OptimizedPlan optimize(RelRoot root) {
        Planned planned = shared(normalise(root.project()));
        EnumerableRel physical = gate.spills() ? SpillingOperators.in(planned.bound()) : planned.bound();
        FetchNumbering numbering = new FetchNumbering();
        EnumerableRel numbered = (EnumerableRel) numbering.apply(physical);
        List<Residual> residuals = new ArrayList<>();
        planned.pushed().forEach(pushed -> residuals.addAll(Residuals.of(pushed, gate)));
        return new OptimizedPlan(numbered, numbering.fetches(), residuals);
    }

    private RelNode normalise(RelNode plan) {
        // Averages become sums and counts, so that these can be pushed even where an exact average cannot.
        RelNode flat = ExpandAverages.apply(Normalisation.removeSubqueries(plan));
        RelNode moved = Normalisation.findSemiJoins(Normalisation.movePredicates(Normalisation.implyConditions(flat)));
        return Normalisation.gatherJoins(
                gate.allows(OperatorClass.TRANSITIVE_PREDICATES) ? Normalisation.implyAcrossJoins(moved) : moved);
    }

    /**
     * A plan up to the choice of operators.
     *
     * @param pushed what is left here, of the plan and of each part that it shares
     */
    private record Planned(EnumerableRel bound, List<RelNode> pushed) {}

    /** The plan that shares what it is expected to be cheaper with. */
    private Planned shared(RelNode normal) {
        Planned best = plan(normal);
        if (gate.sharedFetches() == SharedFetches.OFF) {
            return best;
        }
        RelNode plan = normal;
        for (int number = 0; number < MOST_PARTS; number++) {
            Optional<Better> better = better(plan, number, best);
            if (better.isEmpty()) {
                return best;
            }
            plan = better.get().normal();
            best = better.get().planned();
        }
        return best;
    }

    private record Better(RelNode normal, Planned planned) {}

    private Optional<Better> better(RelNode plan, int number, Planned best) {
        List<Finding> findings = CommonParts.of(plan, number);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        double cost = cost(best);
        for (Finding finding : findings.subList(0, Math.min(MOST_TRIED, findings.size()))) {
            if (!SharedRows.canHold(finding.part().getRowType())) {
                continue;
            }
            Planned planned = plan(finding.plan());
            boolean wanted = gate.sharedFetches() == SharedFetches.ALWAYS || cost(planned) < cost;
            if (wanted && NarrowParts.parts(finding.plan()).size() > number) {
                return Optional.of(new Better(finding.plan(), planned));
            }
        }
        return Optional.empty();
    }

    /** Microseconds. */
    private double cost(Planned planned) {
        return new PlanCost(gate.costs()).of(planned.bound()).total();
    }

    /** Another order of joins is taken where the whole plan, keys and sums below joins included, is clearly cheaper by it. */
    private Planned plan(RelNode normal) {
        OrderJoins searched = new OrderJoins(gate, gate.joinOrders());
        Planned found = plan(normal, searched);
        if (!searched.improved() || gate.joinOrders() == JoinOrders.ALWAYS) {
            return found;
        }
        Planned greedy = plan(normal, new OrderJoins(gate, JoinOrders.GREEDY));
        return cost(found) < cost(greedy) * CLEARLY_LESS ? found : greedy;
    }

    private Planned plan(RelNode normal, OrderJoins joins) {
        RelNode main = NarrowParts.apply(trimmed(normal, joins));
        Map<Integer, EnumerableRel> makers = new TreeMap<>();
        List<RelNode> pushed = new ArrayList<>();
        RelNode pushedMain = pushDown(lessTravels(main));
        EnumerableRel physical = PhysicalPlanning.apply(pushedMain);
        pushed.add(pushedMain);
        for (SharedPart part : NarrowParts.parts(main).values()) {
            RelNode core = pushDown(lessTravels(trimmed(part.core(), joins)));
            RelNode same = RelOptUtil.createCastRel(core, part.getRowType(), false);
            pushed.add(same);
            makers.put(part.number(), PhysicalPlanning.apply(same));
        }
        return new Planned(BindJoins.apply(SharedParts.attach(physical, makers), gate), pushed);
    }

    private RelNode trimmed(RelNode normal, OrderJoins joins) {
        return Normalisation.trimColumns(Normalisation.movePredicates(joins.apply(normal)));
    }

    /** Sums and limits go below what stands between them and a source. */
    private RelNode lessTravels(RelNode plan) {
        RelNode limited = gate.allows(OperatorClass.EARLY_LIMITS) ? new LimitBelowOuterJoin(gate).apply(plan) : plan;
        return gate.allows(OperatorClass.EARLY_AGGREGATION)
                ? new AggregateBelowJoin(gate).apply(new AggregateBelowUnion(gate).apply(limited))
                : limited;
    }

    private RelNode pushDown(RelNode plan) {
        Pushdown pushdown = new Pushdown(gate);
        RelNode folded = pushdown.apply(plan);
        RelNode pushed = containsWindow(folded) ? pushdown.apply(Normalisation.splitWindows(folded)) : folded;
        RelNode expanded = Normalisation.expandForLocal(pushed);
        // Splitting DISTINCT makes new aggregates that may be pushed in their turn.
        RelNode whole = expanded == pushed ? pushed : pushdown.apply(expanded);
        return TrimFetches.apply(whole, gate);
    }

    private static boolean containsWindow(RelNode plan) {
        return plan instanceof Project project && project.containsOver()
                || plan.getInputs().stream().anyMatch(Optimizer::containsWindow);
    }
}
