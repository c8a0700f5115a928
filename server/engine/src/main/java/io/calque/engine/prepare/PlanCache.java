package io.calque.engine.prepare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.names.TableIndex;
import io.calque.spi.QueryException;
import java.util.function.Supplier;

/** Plans by statement text and everything else they depend on. Thread-safe. */
public final class PlanCache {
    private record Key(String sql, StatementContext context) {}

    private final QueryPlanner planner;
    private final Cache<Key, PlannedQuery> plans;

    /**
     * @param size plans kept; 0 keeps none
     */
    public PlanCache(QueryPlanner planner, int size) {
        this.planner = planner;
        this.plans = Caffeine.newBuilder().maximumSize(size).build();
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
            QuestionDesk questions) {
        Key key = new Key(sql, context);
        PlannedQuery known = plans.getIfPresent(key);
        if (known != null) {
            return known;
        }
        PlannedQuery planned = planner.plan(sql, context, tables, passThrough, questions);
        // A native text is typed by its source at planning time, and may mean something else tomorrow.
        if (!planned.hasNativeText()) {
            plans.put(key, planned);
        }
        return planned;
    }
}
