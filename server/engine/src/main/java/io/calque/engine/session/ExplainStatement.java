package io.calque.engine.session;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.engine.exec.Execution;
import io.calque.engine.exec.FragmentCounters;
import io.calque.engine.exec.OperatorFigures;
import io.calque.engine.explain.ActualFigures;
import io.calque.engine.explain.ExplainReport;
import io.calque.engine.explain.Explanations;
import io.calque.engine.explain.PlanTree;
import io.calque.engine.explain.PlanTree.FetchFigures;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.engine.prepare.Statement;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** EXPLAIN, with or without running the query. Thread-safe. */
final class ExplainStatement implements PreparedQuery {
    private static final List<ResultColumn> COLUMNS = List.of(RowsRun.textColumn("plan"));

    private final EngineSession session;
    private final String sql;
    private final Statement.Explain explain;
    private final PlannedQuery first;

    ExplainStatement(EngineSession session, String sql, Statement.Explain explain) {
        this.session = session;
        this.sql = sql;
        this.explain = explain;
        this.first = session.plan(explain.sql(), session.catalog());
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public StatementKind kind() {
        return StatementKind.EXPLAIN;
    }

    @Override
    public List<ResultColumn> columns() {
        return COLUMNS;
    }

    @Override
    public List<DataType> parameters() {
        return first.parameters();
    }

    @Override
    public QueryRun run(List<? extends @Nullable Object> parameters, RunOptions options) {
        CatalogSnapshot snapshot = session.catalog();
        long started = System.nanoTime();
        PlannedQuery announced = session.plan(explain.sql(), snapshot);
        PlannedQuery plan = WiderParameters.plan(session, explain.sql(), snapshot, announced, parameters);
        long planned = System.nanoTime() - started;
        ExplainReport report = explain.analyze()
                ? analyze(plan, snapshot, parameters, options, planned)
                : new ExplainReport(plan.tree(), plan.residuals(), Optional.empty());
        List<List<String>> rows = Explanations.write(report, explain.format()).stream()
                .map(List::of)
                .toList();
        return new RowsRun(session.newQueryId(), COLUMNS, rows, options.maxRows());
    }

    private ExplainReport analyze(
            PlannedQuery plan,
            CatalogSnapshot snapshot,
            List<? extends @Nullable Object> parameters,
            RunOptions options,
            long plannedNanos) {
        List<@Nullable Object> values = ParameterValues.coerce(
                parameters, plan.parameters(), session.currentSettings().timeZone());
        long started = System.nanoTime();
        try (Execution run = session.start(
                session.newQueryId(),
                sql,
                plan,
                snapshot,
                values,
                options.timeout().orElse(session.timeout()),
                0)) {
            SortedMap<String, String> consistency = new TreeMap<>();
            long rows = 0;
            for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
                rows += batch.get().rows();
            }
            run.consistency()
                    .forEach((source, kind) ->
                            consistency.put(source.value(), kind.name().toLowerCase(Locale.ROOT)));
            ExplainReport.RunFigures figures = new ExplainReport.RunFigures(
                    plannedNanos / 1e6, (System.nanoTime() - started) / 1e6, rows, run.peakMemoryBytes(), consistency);
            return new ExplainReport(actual(plan, run), plan.residuals(), Optional.of(figures));
        }
    }

    private static PlanTree actual(PlannedQuery plan, Execution run) {
        List<OperatorFigures> operators = run.operatorFigures();
        List<FragmentCounters.Figures> counted = run.fetchFigures();
        List<FetchFigures> fetches = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            FragmentCounters.Figures f = counted.get(i);
            boolean keyed = plan.keyed().containsKey(i);
            fetches.add(new FetchFigures(
                    f.rows(),
                    f.bytes(),
                    millis(f.permitWaitNanos()),
                    millis(f.sourceNanos()),
                    millis(f.readerWaitNanos()),
                    keyed || f.queries() > 1 ? OptionalLong.of(f.queries()) : OptionalLong.empty(),
                    keyed ? OptionalLong.of(f.keys()) : OptionalLong.empty(),
                    f.keptOut(),
                    f.ranges()));
        }
        return ActualFigures.in(plan.tree(), operator -> operators.get(operator).rows(), fetches);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 10_000.0) / 100.0;
    }
}
