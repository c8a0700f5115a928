package io.calque.engine.session;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.engine.prepare.Statement;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Catalog.Existing;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that change or show the session, or define views. Thread-safe. */
final class ControlStatement implements PreparedQuery {
    private final EngineSession session;
    private final String sql;
    private final Statement statement;
    private final List<ResultColumn> columns;

    ControlStatement(EngineSession session, String sql, Statement statement) {
        this.session = session;
        this.sql = sql;
        this.statement = statement;
        this.columns = statement instanceof Statement.Show show ? columns(show.topic()) : List.of();
    }

    private static List<ResultColumn> columns(String topic) {
        return switch (topic) {
            case "all" ->
                List.of(RowsRun.textColumn("name"), RowsRun.textColumn("setting"), RowsRun.textColumn("description"));
            case "sources" ->
                List.of(RowsRun.textColumn("source"), RowsRun.textColumn("kind"), RowsRun.textColumn("product"));
            case "tables" ->
                List.of(
                        RowsRun.textColumn("source"),
                        RowsRun.textColumn("schema"),
                        RowsRun.textColumn("table"),
                        RowsRun.textColumn("kind"));
            default -> List.of(RowsRun.textColumn(topic));
        };
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public StatementKind kind() {
        if (statement instanceof Statement.Show) {
            return StatementKind.SHOW;
        }
        if (statement instanceof Statement.CreateView
                || statement instanceof Statement.DropView
                || statement instanceof Statement.Teach
                || statement instanceof Statement.Forget) {
            return StatementKind.DEFINITION;
        }
        return statement instanceof Statement.Transaction ? StatementKind.TRANSACTION : StatementKind.SET;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public List<DataType> parameters() {
        return List.of();
    }

    @Override
    public QueryRun run(List<? extends @Nullable Object> parameters, RunOptions options) {
        List<List<String>> rows = List.of();
        if (statement instanceof Statement.Show show) {
            rows = show(show.topic());
        } else if (statement instanceof Statement.SetOption set) {
            session.set(set.name(), set.value());
        } else if (statement instanceof Statement.Reset reset) {
            reset.name().ifPresentOrElse(session::reset, session::resetAll);
        } else if (statement instanceof Statement.CreateView create) {
            createView(create);
        } else if (statement instanceof Statement.DropView drop) {
            dropView(drop);
        } else if (statement instanceof Statement.Teach teach) {
            new Lessons(session).teach(teach);
        } else if (statement instanceof Statement.Forget forget) {
            new Lessons(session).forget(forget);
        }
        return new RowsRun(session.newQueryId(), columns, rows, options.maxRows());
    }

    private List<List<String>> show(String topic) {
        CatalogSnapshot snapshot = session.catalog();
        List<List<String>> rows = new ArrayList<>();
        switch (topic) {
            case "all" ->
                session.settings().forEach((name, value) -> rows.add(List.of(name, value, Settings.meaning(name))));
            case "sources" -> snapshot.sources().forEach(s -> rows.add(List.of(s.id().value(), s.kind(), s.product())));
            case "tables" -> snapshot.sources().forEach(s -> tables(s, rows));
            default -> rows.add(List.of(session.setting(topic)));
        }
        return rows;
    }

    private static void tables(SourceSnapshot source, List<List<String>> rows) {
        for (TableDescriptor table : source.tables()) {
            rows.add(List.of(
                    source.id().value(),
                    table.name().schema(),
                    table.name().table(),
                    table.kind().name()));
        }
    }

    private void createView(Statement.CreateView create) {
        CatalogSnapshot snapshot = session.catalog();
        String sql = QuestionCalls.frozen(
                MeasureCalls.unnamed(create.sql()), question -> session.queryOf(question, snapshot));
        // Planning it shows at once what would fail later.
        int width = session.plan(sql, snapshot).columns().size();
        if (!create.columns().isEmpty() && create.columns().size() != width) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "View '" + create.name() + "' names " + create.columns().size()
                            + (create.columns().size() == 1 ? " column" : " columns") + ", but its query has "
                            + width);
        }
        ViewDescriptor view = new ViewDescriptor(
                create.name(),
                sql,
                create.columns(),
                session.currentSettings().searchPath(),
                session.principal().name(),
                session.services().clock().instant());
        session.services().catalog().createView(view, create.replace() ? Existing.REPLACE : Existing.FAIL);
    }

    private void dropView(Statement.DropView drop) {
        if (!session.services().catalog().dropView(drop.name()) && !drop.ifExists()) {
            throw new QueryException(ErrorCode.TABLE_NOT_FOUND, "View '" + drop.name() + "' does not exist");
        }
    }
}
