package io.calque.engine.prepare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.names.TableIndex;
import io.calque.planner.PlanningBudget;
import io.calque.spi.QueryException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plans by statement text and everything else they depend on, and by shape: a shape that has come a second time is planned with parameters in
 * place of its constants, and that plan is kept if it is as good. Thread-safe.
 */
public final class PlanCache {
    private record Key(String sql, StatementContext context) {}

    private final QueryPlanner planner;
    private final Cache<Key, PlannedQuery> plans;
    private final Cache<Key, ShapePlan> shapes;

    /**
     * @param size plans kept; 0 keeps none
     */
    public PlanCache(QueryPlanner planner, int size) {
        this.planner = planner;
        this.plans = Caffeine.newBuilder().maximumSize(size).build();
        this.shapes = Caffeine.newBuilder().maximumSize(size).build();
    }

    /**
     * The plan, made anew when it is not there.
     *
     * @param tables asked only when a plan is made
     * @param questions what a question in plain language means; likewise
     * @throws QueryException for whatever is wrong with the statement
     */
    public PlannedQuery plan(
            String sql,
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions,
            PlanningBudget budget) {
        Key key = new Key(sql, context);
        PlannedQuery known = plans.getIfPresent(key);
        if (known != null) {
            return known;
        }
        PlannedQuery planned = planner.plan(sql, context, tables, passThrough, questions, budget);
        // A native text is typed by its source at planning time, and may mean something else tomorrow.
        if (!planned.hasNativeText()) {
            plans.put(key, planned);
        }
        return planned;
    }

    /**
     * A plan for the statement, maybe one that serves others of its shape; made anew when there is none. It gives the same rows, and only its
     * text differs, which is why EXPLAIN does not ask here.
     *
     * @throws QueryException for whatever is wrong with the statement
     */
    public ReusablePlan reusable(
            String sql,
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions,
            PlanningBudget budget) {
        PlannedQuery known = plans.getIfPresent(new Key(sql, context));
        if (known != null) {
            return ReusablePlan.exact(known);
        }
        Optional<StatementShape> found = StatementShape.of(sql);
        if (found.isEmpty()) {
            return ReusablePlan.exact(plan(sql, context, tables, passThrough, questions, budget));
        }
        StatementShape shape = found.get();
        Key key = new Key(shape.key(), context);
        ShapePlan seen = shapes.getIfPresent(key);
        Optional<ReusablePlan> planned = seen == null ? Optional.empty() : seen.with(shape.constants());
        if (planned.isPresent()) {
            return planned.get();
        }
        PlannedQuery exact = plan(sql, context, tables, passThrough, questions, budget);
        if (seen == null) {
            shapes.put(key, ShapePlan.SEEN);
        } else if (seen.state() == ShapePlan.State.SEEN) {
            shapes.put(key, shaped(shape, exact, context, tables, passThrough, questions, budget));
        }
        return ReusablePlan.exact(exact);
    }

    private ShapePlan shaped(
            StatementShape shape,
            PlannedQuery exact,
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions,
            PlanningBudget budget) {
        try {
            PlannedQuery generic =
                    planner.plan(shape.sql(), shape.firsts(), context, tables, passThrough, questions, budget);
            return ShapePlan.of(generic, exact, shape.constants());
        } catch (QueryException e) {
            // a constant that decides a type or a group: such statements are planned one by one
            return ShapePlan.REFUSED;
        }
    }
}
