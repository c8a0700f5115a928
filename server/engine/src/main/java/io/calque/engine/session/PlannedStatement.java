package io.calque.engine.session;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.engine.exec.Execution;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.engine.prepare.ReusablePlan;
import io.calque.planner.PlanningBudget;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.type.DataType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query, planned when prepared and again when the catalog has changed since. Thread-safe. */
final class PlannedStatement implements PreparedQuery {
    private final EngineSession session;
    private final String sql;
    private final String query;
    private final ReusablePlan first;

    /**
     * @param sql as the client wrote it
     * @param query the part to plan, in the same place
     */
    PlannedStatement(EngineSession session, String sql, String query, PlanningBudget budget) {
        this.session = session;
        this.sql = sql;
        this.query = query;
        this.first = session.reusablePlan(query, session.catalog(), budget);
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }

    @Override
    public List<ResultColumn> columns() {
        return first.query().columns();
    }

    @Override
    public List<DataType> parameters() {
        return first.parameters();
    }

    @Override
    public QueryRun run(List<? extends @Nullable Object> parameters, RunOptions options) {
        CatalogSnapshot snapshot = session.catalog();
        PlannedQuery plan = session.reusablePlan(query, snapshot).query();
        if (!plan.columns().equals(first.query().columns())) {
            throw new QueryException(
                    ErrorCode.SOURCE_CHANGED,
                    "The columns of this statement have changed since it was prepared; prepare it again");
        }
        return new ChangedSourceRun(
                new Attempt(session.newQueryId(), parameters, options),
                session.services().watch(),
                snapshot,
                options.timeout().orElse(session.timeout()));
    }

    /** One run, and one more when a source has changed; to the client they are one query. */
    private final class Attempt implements ChangedSourceRun.Attempts {
        private final String queryId;
        private final List<? extends @Nullable Object> parameters;
        private final RunOptions options;
        private ReusablePlan latest = first;

        Attempt(String queryId, List<? extends @Nullable Object> parameters, RunOptions options) {
            this.queryId = queryId;
            this.parameters = parameters;
            this.options = options;
        }

        @Override
        public PlannedQuery plan(CatalogSnapshot found) {
            CatalogSnapshot snapshot = session.visible(found);
            ReusablePlan announced = session.reusablePlan(query, snapshot);
            PlannedQuery plan = WiderParameters.plan(session, query, snapshot, announced.query(), parameters);
            latest = plan == announced.query() ? announced : new ReusablePlan(plan, List.of());
            return plan;
        }

        @Override
        public Execution start(PlannedQuery plan, CatalogSnapshot snapshot, Duration timeout) {
            List<? extends @Nullable Object> given = parameters;
            List<DataType> types = latest.parameters();
            if (parameters.isEmpty() && !latest.constants().isEmpty()) {
                given = latest.constants();
                types = plan.parameters();
            }
            List<@Nullable Object> values = ParameterValues.coerce(
                    given, types, session.currentSettings().timeZone());
            return session.start(queryId, sql, plan, session.visible(snapshot), values, timeout, options.maxRows());
        }
    }
}
