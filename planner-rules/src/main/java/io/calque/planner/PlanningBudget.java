package io.calque.planner;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;

/**
 * How long one statement may be planned, and whether nobody waits for it any more; asked before each rule and each estimate. Thread-safe.
 */
public final class PlanningBudget implements RelOptListener {
    private final Duration most;
    private final long begun = System.nanoTime();
    private final BooleanSupplier stopped;

    /**
     * @param most how long planning may take
     * @param stopped whether the statement was cancelled
     */
    public PlanningBudget(Duration most, BooleanSupplier stopped) {
        this.most = most;
        this.stopped = stopped;
    }

    /** For planning that nothing bounds: tests, and texts that are only told. */
    public static PlanningBudget unbounded() {
        return new PlanningBudget(Duration.ofDays(1), () -> false);
    }

    /**
     * @throws QueryException CANCELLED, or TIMED_OUT
     */
    public void check() {
        if (stopped.getAsBoolean()) {
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled while it was planned");
        }
        if (System.nanoTime() - begun > most.toNanos()) {
            throw new QueryException(
                    ErrorCode.TIMED_OUT,
                    "The query was planned for longer than its deadline of " + most.toMillis()
                            + " ms; raise statement_timeout, or ask for fewer joins");
        }
    }

    Context context() {
        return Contexts.of(this);
    }

    /** A planner for this cluster that keeps to the statement's budget. */
    public static HepPlanner rewriting(HepProgram program, RelOptCluster cluster) {
        HepPlanner planner = new HepPlanner(program);
        cluster.getPlanner().getContext().maybeUnwrap(PlanningBudget.class).ifPresent(planner::addListener);
        return planner;
    }

    /** Fails where the statement of this cluster has used up its budget. */
    public static void check(RelOptCluster cluster) {
        RelOptPlanner planner = cluster.getPlanner();
        planner.getContext().maybeUnwrap(PlanningBudget.class).ifPresent(PlanningBudget::check);
    }

    @Override
    public void ruleAttempted(RuleAttemptedEvent event) {
        check();
    }

    @Override
    public void relEquivalenceFound(RelEquivalenceEvent event) {
        // See ruleAttempted.
    }

    @Override
    public void ruleProductionSucceeded(RuleProductionEvent event) {
        // See ruleAttempted.
    }

    @Override
    public void relDiscarded(RelDiscardedEvent event) {
        // See ruleAttempted.
    }

    @Override
    public void relChosen(RelChosenEvent event) {
        // See ruleAttempted.
    }
}
