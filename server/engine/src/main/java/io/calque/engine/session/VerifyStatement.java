package io.calque.engine.session;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.engine.exec.Execution;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * VERIFY: runs a query with pushdown as the session has it and with none, and says whether the answers agree. Both answers are held
 * in memory meanwhile, each within the session's {@code query_memory}. Thread-safe.
 */
final class VerifyStatement implements PreparedQuery {
    private static final List<ResultColumn> COLUMNS = List.of(
            RowsRun.textColumn("item"),
            RowsRun.textColumn("with_pushdown"),
            RowsRun.textColumn("without_pushdown"),
            RowsRun.textColumn("same"));

    private final EngineSession session;
    private final String sql;
    private final String query;
    private final PlannedQuery first;

    /**
     * @param sql as the client wrote it
     * @param query the part to run, in the same place
     */
    VerifyStatement(EngineSession session, String sql, String query) {
        this.session = session;
        this.sql = sql;
        this.query = query;
        this.first = session.plan(query, session.catalog());
    }

    /**
     * One of the two answers.
     *
     * @param failure instead of rows
     */
    private record Side(
            PlannedQuery plan,
            List<List<@Nullable Object>> rows,
            Optional<QueryException> failure,
            long fetched,
            double plannedMillis,
            double ranMillis) {
        String summary() {
            return failure.map(f -> "SQLSTATE " + f.code().sqlState() + ": " + f.getMessage())
                    .orElseGet(() -> rows.size() + (rows.size() == 1 ? " row" : " rows"));
        }
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public StatementKind kind() {
        return StatementKind.VERIFY;
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
        boolean off = session.setting("pushdown").equalsIgnoreCase("off");
        EngineSession pushing = off ? session.with("pushdown", "on") : session;
        Side with = answer(pushing, snapshot, parameters, options);
        Side without = answer(session.with("pushdown", "off"), snapshot, parameters, options);
        return new RowsRun(session.newQueryId(), COLUMNS, report(with, without), options.maxRows());
    }

    private Side answer(
            EngineSession asking,
            CatalogSnapshot snapshot,
            List<? extends @Nullable Object> parameters,
            RunOptions options) {
        long started = System.nanoTime();
        PlannedQuery plan = WiderParameters.plan(asking, query, snapshot, asking.plan(query, snapshot), parameters);
        long planned = System.nanoTime();
        List<@Nullable Object> values = ParameterValues.coerce(
                parameters, plan.parameters(), session.currentSettings().timeZone());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Optional<QueryException> failure = Optional.empty();
        long fetched = 0;
        try (Execution run = asking.start(
                session.newQueryId(),
                sql,
                plan,
                snapshot,
                values,
                options.timeout().orElse(session.timeout()),
                0)) {
            collect(run, rows);
            fetched = run.fetchFigures().stream().mapToLong(f -> f.rows()).sum();
        } catch (QueryException e) {
            // A failure of the data is an answer to compare; any other, a lost source or a cancel, is the user's to
            // know.
            if (!e.code().sqlState().startsWith("22")) {
                throw e;
            }
            rows.clear();
            failure = Optional.of(e);
        }
        double ran = (System.nanoTime() - planned) / 1e6;
        return new Side(plan, rows, failure, fetched, (planned - started) / 1e6, ran);
    }

    private void collect(Execution run, List<List<@Nullable Object>> rows) {
        long allowed = session.currentSettings()
                .queryMemoryBytes(session.services().config().queryMemoryBytes());
        long held = 0;
        for (Optional<ColumnBatch> next = run.next(); next.isPresent(); next = run.next()) {
            ColumnBatch batch = next.get();
            held += batch.sizeInBytes();
            if (held > allowed) {
                throw new QueryException(
                        ErrorCode.OUT_OF_MEMORY,
                        "VERIFY holds whole answers, and this one passed the limit of " + allowed
                                + " bytes; raise query_memory, or verify an aggregate of it");
            }
            for (int row = 0; row < batch.rows(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (ColumnVector column : batch.columns()) {
                    values.add(column.get(row));
                }
                rows.add(values);
            }
        }
    }

    private static List<List<@Nullable String>> report(Side with, Side without) {
        List<List<@Nullable String>> report = new ArrayList<>();
        boolean bothAnswer = with.failure().isEmpty() && without.failure().isEmpty();
        AnswerComparison compared = AnswerComparison.of(
                with.rows(), without.rows(), with.plan().order().visibleKeys());
        boolean same = bothAnswer
                ? compared.sameRows()
                : with.failure().isPresent() && without.failure().isPresent();
        report.add(line("answer", with.summary(), without.summary(), yes(same)));
        if (bothAnswer && !with.plan().order().visibleKeys().isEmpty()) {
            String keys = sortKeys(with.plan());
            report.add(line("order", keys, keys, yes(compared.sameOrder())));
        }
        report.add(line(
                "native queries",
                with.plan().fragments().size(),
                without.plan().fragments().size(),
                null));
        report.add(line("rows fetched", with.fetched(), without.fetched(), null));
        report.add(line("planning", millis(with.plannedMillis()), millis(without.plannedMillis()), null));
        report.add(line("running", millis(with.ranMillis()), millis(without.ranMillis()), null));
        if (bothAnswer) {
            compared.firstOnlyLeft().forEach(row -> report.add(line("row", row, null, "no")));
            compared.firstOnlyRight().forEach(row -> report.add(line("row", null, row, "no")));
            if (!same && with.plan().order().limited()) {
                report.add(line(
                        "note", "LIMIT without a total order may choose other rows of the same answer", null, null));
            }
        }
        return report;
    }

    private static String sortKeys(PlannedQuery plan) {
        return String.join(
                ", ",
                plan.order().visibleKeys().stream()
                        .map(i -> plan.columns().get(i).label())
                        .toList());
    }

    private static String yes(boolean same) {
        return same ? "yes" : "no";
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static List<@Nullable String> line(
            String item, @Nullable Object with, @Nullable Object without, @Nullable String same) {
        List<@Nullable String> line = new ArrayList<>();
        line.add(item);
        line.add(with == null ? null : with.toString());
        line.add(without == null ? null : without.toString());
        line.add(same);
        return line;
    }
}
