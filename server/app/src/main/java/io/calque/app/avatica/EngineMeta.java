package io.calque.app.avatica;

import io.calque.engine.PreparedQuery;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Answers one request of the Avatica protocol from the engine. Single-threaded: each request has its own. */
final class EngineMeta extends MetadataMeta {
    private static final int PLAIN_FRAME_ROWS = 1000;
    private static final int MOST_PLAIN_FRAME_ROWS = 50_000;
    private static final Set<StatementKind> WITH_ROWS =
            EnumSet.of(StatementKind.QUERY, StatementKind.EXPLAIN, StatementKind.VERIFY, StatementKind.SHOW);

    private final Connections connections;
    private final AvaticaOptions options;
    private final Call call;

    EngineMeta(Connections connections, AvaticaOptions options, Call call) {
        this.connections = connections;
        this.options = options;
        this.call = call;
    }

    private OpenConnection connection(String id) {
        OpenConnection connection = connections.get(id, call.principal());
        connection.used(connections.now());
        return connection;
    }

    /** Work inside a connection, which is not idle meanwhile. */
    private <T> T within(OpenConnection connection, Supplier<T> work) {
        connection.enter(connections.now());
        try {
            return work.get();
        } finally {
            connection.leave(connections.now());
        }
    }

    private <T> T within(OpenConnection connection, OpenStatement statement, Supplier<T> work) {
        return within(
                connection,
                () -> statement.exclusively(() -> {
                    try {
                        return work.get();
                    } finally {
                        statement.used(connections.now());
                    }
                }));
    }

    @Override
    public void openConnection(ConnectionHandle ch, Map<String, String> info) {
        connections.open(ch.id, info == null ? Map.of() : info, call.principal());
    }

    @Override
    public void closeConnection(ConnectionHandle ch) {
        connection(ch.id);
        connections.close(ch.id);
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties changes) {
        OpenConnection connection = connection(ch.id);
        return within(connection, () -> connection.sync(changes));
    }

    @Override
    public void commit(ConnectionHandle ch) {
        // reads only: nothing to commit
        connection(ch.id);
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        // reads only: nothing to undo
        connection(ch.id);
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        OpenConnection connection = connection(ch.id);
        return new StatementHandle(ch.id, connection.create(connections.now()).id(), null);
    }

    @Override
    public void closeStatement(StatementHandle h) {
        connection(h.connectionId).close(h.id);
    }

    /** Protobuf does not send an empty text, and Avatica takes what was not sent for null. */
    private static String text(@Nullable String sql) {
        return sql == null ? "" : sql;
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, @Nullable String sql, long maxRowCount) {
        OpenConnection connection = connection(ch.id);
        return within(connection, () -> {
            PreparedQuery query = connection.session().prepare(text(sql));
            OpenStatement statement = connection.create(connections.now());
            statement.prepared(query);
            return new StatementHandle(
                    ch.id, statement.id(), connection.signatures().of(query));
        });
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h,
            @Nullable String sql,
            long maxRowCount,
            int maxRowsInFirstFrame,
            PrepareCallback callback)
            throws NoSuchStatementException {
        OpenConnection connection = connection(h.connectionId);
        OpenStatement statement = connection.forText(h, connections.now());
        return within(connection, statement, () -> {
            statement.begin();
            PreparedQuery query;
            try {
                query = connection.session().prepare(text(sql), statement::isCancelled);
            } catch (QueryException e) {
                connection.forget(statement);
                throw e;
            }
            return execute(connection, statement, query, List.of(), call.bounds(maxRowCount), maxRowsInFirstFrame);
        });
    }

    @Override
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, int maxRowsInFirstFrame)
            throws NoSuchStatementException {
        OpenConnection connection = connection(h.connectionId);
        OpenStatement statement = connection.get(h);
        PreparedQuery query = statement.query();
        if (query == null) {
            throw new NoSuchStatementException(h);
        }
        List<TypedValue> sent = parameterValues == null ? List.of() : parameterValues;
        return within(connection, statement, () -> {
            statement.begin();
            List<@Nullable Object> values =
                    ParameterReader.read(sent, connection.signatures().dialect());
            return execute(connection, statement, query, values, call.bounds(0), maxRowsInFirstFrame);
        });
    }

    private ExecuteResult execute(
            OpenConnection connection,
            OpenStatement statement,
            PreparedQuery query,
            List<@Nullable Object> parameters,
            RunOptions bounds,
            int frameRows) {
        boolean running = false;
        try {
            ResultCursor cursor = statement.run(query, parameters, bounds);
            call.queryId(cursor.run().queryId());
            MetaResultSet result;
            if (WITH_ROWS.contains(query.kind())) {
                Frame first = frame(connection, statement, cursor, frameRows);
                result = MetaResultSet.create(
                        connection.id(),
                        statement.id(),
                        false,
                        connection.signatures().of(query),
                        first);
            } else {
                finish(connection, statement, cursor);
                result = MetaResultSet.count(connection.id(), statement.id(), 0);
            }
            running = true;
            return new ExecuteResult(List.of(result));
        } finally {
            if (!running) {
                statement.closeResult();
                connection.forget(statement);
            }
        }
    }

    /** A statement without rows is done once its run has ended. */
    private void finish(OpenConnection connection, OpenStatement statement, ResultCursor cursor) {
        while (!cursor.ended()) {
            cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE);
        }
        end(connection, statement, cursor);
    }

    private void end(OpenConnection connection, OpenStatement statement, ResultCursor cursor) {
        call.warnings(cursor.run().warnings());
        statement.closeResult();
        connection.forget(statement);
    }

    private Frame frame(OpenConnection connection, OpenStatement statement, ResultCursor cursor, int wanted) {
        long offset = cursor.offset();
        RowSlices rows = cursor.next(
                connection.columnar() ? (wanted > 0 ? wanted : Integer.MAX_VALUE) : plainRows(wanted),
                connection.columnar() && wanted > 0
                        ? options.frameBytes() * 16L
                        : cursor.frameTarget(options.frameBytes()));
        boolean done = cursor.ended();
        List<Object> plain = new ArrayList<>();
        if (connection.columnar()) {
            ByteBuffer frame = ColumnFrames.write(cursor.types(), rows, cursor.frameBytes());
            cursor.wrote(frame.remaining());
            Optional<ByteBuffer> small = call.mayDeflate() ? cursor.deflater().deflate(frame) : Optional.empty();
            small.ifPresentOrElse(call::deflatedFrame, () -> call.frame(frame));
        } else {
            plain = PlainRows.of(cursor.types(), rows);
        }
        if (done) {
            end(connection, statement, cursor);
        }
        return new Frame(offset, done, plain);
    }

    private static int plainRows(int wanted) {
        return wanted > 0 ? Math.min(wanted, MOST_PLAIN_FRAME_ROWS) : PLAIN_FRAME_ROWS;
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount)
            throws NoSuchStatementException, MissingResultsException {
        OpenConnection connection = connection(h.connectionId);
        OpenStatement statement = connection.get(h);
        Optional<Frame> frame = within(connection, statement, () -> {
            ResultCursor cursor = statement.cursor();
            if (cursor == null || cursor.offset() != offset) {
                return Optional.empty();
            }
            boolean read = false;
            try {
                Frame rows = frame(connection, statement, cursor, fetchMaxRowCount);
                read = true;
                return Optional.of(rows);
            } finally {
                if (!read) {
                    statement.closeResult();
                    connection.forget(statement);
                }
            }
        });
        return frame.orElseThrow(() -> new MissingResultsException(h));
    }

    /** Runs a lost result again up to where the client was. Only plain Avatica clients ask for it. */
    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) throws NoSuchStatementException {
        OpenConnection connection = connection(h.connectionId);
        OpenStatement statement = connection.get(h);
        return within(connection, statement, () -> {
            statement.begin();
            PreparedQuery query = statement.query();
            if (query == null || (state.sql != null && !state.sql.equals(query.sql()))) {
                if (state.sql == null) {
                    throw new QueryException(
                            ErrorCode.STATEMENT_NOT_FOUND, "A metadata result cannot be resumed: ask again");
                }
                query = connection.session().prepare(state.sql);
            }
            ResultCursor cursor = statement.rerun(query);
            cursor.skip(offset);
            return !cursor.ended();
        });
    }

    @Override
    protected MetaResultSet metadata(ConnectionHandle ch, MetadataRequest request) {
        OpenConnection connection = connection(ch.id);
        OpenStatement statement = connection.create(connections.now());
        return within(connection, statement, () -> {
            boolean answered = false;
            try {
                PreparedQuery query = connection.session().prepare(request.sql());
                ExecuteResult result =
                        execute(connection, statement, query, request.parameters(), RunOptions.DEFAULT, -1);
                answered = true;
                MetaResultSet rows = result.resultSets.get(0);
                return MetaResultSet.create(ch.id, statement.id(), true, rows.signature, rows.firstFrame);
            } finally {
                if (!answered) {
                    connection.close(statement.id());
                }
            }
        });
    }
}
