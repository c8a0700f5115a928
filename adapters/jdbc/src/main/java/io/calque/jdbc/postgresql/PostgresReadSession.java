package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.CursorHost;
import io.calque.jdbc.cursor.JdbcCursor;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * Reads in one REPEATABLE READ snapshot: the first connection exports it as its transaction begins, every further one imports it.
 *
 * <p>Each open cursor holds a connection of its own; a connection whose cursor has ended serves the next read. Thread-safe.
 */
final class PostgresReadSession implements ReadSession, CursorHost {
    private final ConnectionPool pool;
    private final PostgresFailures failures;
    private final ReadOptions options;
    private final Optional<String> snapshot;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Map<JdbcCursor, Connection> open = new LinkedHashMap<>();
    private final List<JdbcCursor> failed = new ArrayList<>();
    private boolean cancelled;
    private boolean closed;

    /** Takes over the first connection, which is in its transaction already. */
    private PostgresReadSession(
            ConnectionPool pool,
            PostgresFailures failures,
            ReadOptions options,
            Connection first,
            Optional<String> snapshot) {
        this.pool = pool;
        this.failures = failures;
        this.options = options;
        this.snapshot = snapshot;
        idle.add(first);
    }

    static PostgresReadSession begin(ConnectionPool pool, PostgresFailures failures, ReadOptions options) {
        Connection first;
        try {
            first = pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
        try {
            return new PostgresReadSession(
                    pool, failures, options, first, PostgresTransaction.beginExporting(first, options));
        } catch (SQLException e) {
            pool.discard(first);
            throw failures.connecting(e);
        }
    }

    @Override
    public Consistency consistency() {
        return snapshot.isPresent() ? Consistency.SNAPSHOT : Consistency.UNSYNCHRONISED;
    }

    @Override
    public RowCursor read(NativeQuery query, Bindings bindings) {
        if (!(query instanceof SqlQuery sql)) {
            throw new IllegalArgumentException("not a query of this source: " + query.text());
        }
        Connection connection = connection();
        JdbcCursor cursor;
        try {
            cursor = prepare(connection, sql, bindings);
        } catch (SQLException e) {
            pool.discard(connection);
            throw failures.reading(e, 0);
        }
        register(cursor, connection);
        try {
            cursor.start();
        } catch (QueryException e) {
            cursor.close();
            throw e;
        }
        return cursor;
    }

    private JdbcCursor prepare(Connection connection, SqlQuery query, Bindings bindings) throws SQLException {
        Prepared whole = prepare(connection, query, bindings, query.text(), ResultSet.TYPE_FORWARD_ONLY);
        whole.statement().setFetchSize(options.batchRows());
        if (!SmallResult.suits(query)) {
            return cursor(query, whole.statement(), whole.execution());
        }
        Prepared small =
                prepare(connection, query, bindings, SmallResult.text(query), ResultSet.TYPE_SCROLL_INSENSITIVE);
        // The one that is not run holds nothing at the server, and ends with the connection's use.
        return cursor(query, small.statement(), () -> SmallResult.run(small.execution(), whole.execution()));
    }

    private JdbcCursor cursor(SqlQuery query, Statement statement, JdbcCursor.Execution execution) {
        return new JdbcCursor(query, statement, execution, PostgresDecoders.of(query), options.batchRows(), this);
    }

    private record Prepared(Statement statement, JdbcCursor.Execution execution) {}

    private static Prepared prepare(
            Connection connection, SqlQuery query, Bindings bindings, String text, int scrolling) throws SQLException {
        if (query.slots().isEmpty()) {
            // A plain statement: a native text may use PostgreSQL's own ? operators.
            Statement statement = connection.createStatement(scrolling, ResultSet.CONCUR_READ_ONLY);
            return new Prepared(statement, () -> statement.executeQuery(text));
        }
        PreparedStatement statement = connection.prepareStatement(text, scrolling, ResultSet.CONCUR_READ_ONLY);
        if (query.slots().stream().anyMatch(ParameterSlot::isKeys)) {
            // A plan for any number of keys would be the plan for ten of them: each set is planned with its own.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
        PostgresBinder.bind(statement, query, bindings);
        return new Prepared(statement, statement::executeQuery);
    }

    private Connection connection() {
        synchronized (this) {
            requireOpen();
            Connection free = idle.poll();
            if (free != null) {
                return free;
            }
        }
        Connection fresh;
        try {
            fresh = pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
        try {
            PostgresTransaction.beginIn(fresh, options, snapshot);
            return fresh;
        } catch (SQLException e) {
            pool.discard(fresh);
            throw failures.reading(e, 0);
        }
    }

    private void register(JdbcCursor cursor, Connection connection) {
        synchronized (this) {
            open.put(cursor, connection);
            if (!closed && !cancelled) {
                return;
            }
        }
        cursor.close();
        requireOpen();
    }

    private synchronized void requireOpen() {
        if (closed || cancelled) {
            throw new QueryException(
                    ErrorCode.CANCELLED, "The read of source '" + failures.source() + "' was cancelled");
        }
    }

    @Override
    public void enter(JdbcCursor cursor) {
        // Each cursor has its own connection: nothing to wait for.
    }

    @Override
    public void leave(JdbcCursor cursor) {
        // See enter.
    }

    @Override
    public void interrupt(JdbcCursor cursor) throws SQLException {
        Connection connection;
        synchronized (this) {
            connection = open.get(cursor);
        }
        if (connection != null) {
            // A statement's own cancel does nothing while the driver fetches further rows.
            connection.unwrap(PGConnection.class).cancelQuery();
        }
    }

    @Override
    public void release(JdbcCursor cursor) {
        Connection connection;
        boolean reusable;
        synchronized (this) {
            connection = open.remove(cursor);
            reusable = !failed.remove(cursor) && !closed && !cancelled;
        }
        if (connection == null) {
            return;
        }
        try {
            cursor.statement().close();
        } catch (SQLException e) {
            reusable = false;
        }
        synchronized (this) {
            if (reusable && !closed) {
                idle.add(connection);
                return;
            }
        }
        giveBack(connection, cursor);
    }

    private void giveBack(Connection connection, JdbcCursor cursor) {
        if (cursor.stopped()) {
            pool.discard(connection);
            return;
        }
        giveBack(connection);
    }

    private void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            pool.discard(connection);
        }
    }

    @Override
    public QueryException failure(JdbcCursor cursor, SQLException failure, long rows) {
        synchronized (this) {
            failed.add(cursor);
        }
        return failures.reading(failure, rows);
    }

    @Override
    public void cancel() {
        List<JdbcCursor> running;
        synchronized (this) {
            cancelled = true;
            running = List.copyOf(open.keySet());
        }
        running.forEach(JdbcCursor::cancel);
    }

    @Override
    public void close() {
        List<JdbcCursor> running;
        List<Connection> free;
        synchronized (this) {
            closed = true;
            running = List.copyOf(open.keySet());
            free = List.copyOf(idle);
            idle.clear();
        }
        running.forEach(JdbcCursor::close);
        free.forEach(this::giveBack);
    }
}
