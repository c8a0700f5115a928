package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.ColumnDecoder;
import io.calque.jdbc.cursor.CursorHost;
import io.calque.jdbc.cursor.JdbcCursor;
import io.calque.jdbc.cursor.ResultSetRows;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.BatchSize;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * Reads in one REPEATABLE READ snapshot: where there are several reads, the first connection exports it as its transaction begins, every
 * further one imports it.
 *
 * <p>Each open cursor holds a connection of its own; a connection whose cursor has ended serves the next read. Thread-safe.
 */
final class PostgresReadSession implements ReadSession, CursorHost {
    private final ConnectionPool pool;
    private final PostgresFailures failures;
    private final ReadOptions options;
    private final ReadSizes sizes;
    private final Optional<String> snapshot;
    /** Has to stay in its transaction as long as others may import the snapshot; null when nobody will. */
    private final @Nullable Connection exporter;

    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Map<JdbcCursor, Connection> open = new LinkedHashMap<>();
    private final Set<JdbcCursor> copying = new HashSet<>();
    private final List<JdbcCursor> failed = new ArrayList<>();
    private boolean cancelled;
    private boolean closed;

    /** Takes over the first connection, which is in its transaction already. */
    private PostgresReadSession(
            ConnectionPool pool,
            PostgresFailures failures,
            ReadOptions options,
            ReadSizes sizes,
            Connection first,
            Optional<String> snapshot) {
        this.pool = pool;
        this.failures = failures;
        this.options = options;
        this.sizes = sizes;
        this.snapshot = snapshot;
        this.exporter = snapshot.isPresent() ? first : null;
        idle.add(first);
    }

    static PostgresReadSession begin(
            ConnectionPool pool, PostgresFailures failures, ReadOptions options, ReadSizes sizes) {
        Connection first;
        try {
            first = pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
        try {
            if (options.reads() == ReadOptions.Reads.ONE || options.reads() == ReadOptions.Reads.IN_TURN) {
                PostgresTransaction.beginIn(first, options, Optional.empty());
                return new PostgresReadSession(pool, failures, options, sizes, first, Optional.empty());
            }
            return new PostgresReadSession(
                    pool, failures, options, sizes, first, PostgresTransaction.beginExporting(first, options));
        } catch (SQLException e) {
            pool.discard(first);
            throw failures.connecting(e);
        }
    }

    @Override
    public Consistency consistency() {
        return snapshot.isPresent() || options.reads() != ReadOptions.Reads.SEVERAL
                ? Consistency.SNAPSHOT
                : Consistency.UNSYNCHRONISED;
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

    @Override
    public List<NativeQuery> divide(NativeQuery query, int parts) {
        if (snapshot.isEmpty()
                || !(query instanceof SqlQuery sql)
                || sql.ranges().isEmpty()) {
            return List.of(query);
        }
        Connection connection = connection();
        List<NativeQuery> ranges;
        try {
            ranges = PageRanges.of(connection, sql, parts);
        } catch (SQLException e) {
            pool.discard(connection);
            throw failures.reading(e, 0);
        }
        synchronized (this) {
            if (!closed) {
                idle.addFirst(connection);
                return ranges;
            }
        }
        giveBack(connection);
        requireOpen();
        return ranges;
    }

    private JdbcCursor prepare(Connection connection, SqlQuery query, Bindings bindings) throws SQLException {
        boolean known = isKeyed(query) && !sizes.mayBeLarge(query.text());
        if (SmallResult.suits(query, known)) {
            Prepared small =
                    prepare(connection, query, bindings, SmallResult.text(query), ResultSet.TYPE_SCROLL_INSENSITIVE);
            Prepared whole = byCursor(connection, query, bindings);
            // The one that is not run holds nothing at the server, and ends with the connection's use.
            return cursor(query, new Prepared(small.statement(), () -> SmallResult.run(small.run(), whole.run())));
        }
        // A COPY that is given up takes its connection with it, which the exported snapshot must not lose.
        // Where there is but one query, nobody will import the snapshot once its parts are given up.
        boolean mayBeCut = connection != exporter || options.reads() == ReadOptions.Reads.PARTS;
        if (mayBeCut && isCopied(query) && sizes.mayBeLarge(query.text())) {
            Optional<List<BinaryDecoder>> binary = binary(connection, query);
            if (binary.isPresent()) {
                return copy(connection, query, KeyLiterals.in(connection, query, bindings), binary.get());
            }
        }
        return cursor(query, byCursor(connection, query, bindings));
    }

    private Prepared byCursor(Connection connection, SqlQuery query, Bindings bindings) throws SQLException {
        Prepared whole = prepare(connection, query, bindings, query.text(), ResultSet.TYPE_FORWARD_ONLY);
        whole.statement().setFetchSize(new BatchSize(options.batchRows()).rows());
        return whole;
    }

    private JdbcCursor cursor(SqlQuery query, Prepared prepared) {
        List<ColumnDecoder> decoders = PostgresDecoders.of(query);
        return new JdbcCursor(
                query,
                prepared.statement(),
                () -> new ResultSetRows(prepared.run().run(), decoders),
                options.batchRows(),
                this);
    }

    private JdbcCursor copy(Connection connection, SqlQuery query, String select, List<BinaryDecoder> decoders)
            throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        String text = "COPY (" + select + ") TO STDOUT (FORMAT BINARY)";
        JdbcCursor cursor = new JdbcCursor(
                query,
                connection.createStatement(),
                () -> new CopyRows(driver.getCopyAPI().copyOut(text), decoders),
                options.batchRows(),
                this);
        synchronized (this) {
            copying.add(cursor);
        }
        return cursor;
    }

    private record Prepared(Statement statement, SmallResult.Run run) {}

    private static Prepared prepare(
            Connection connection, SqlQuery query, Bindings bindings, String text, int scrolling) throws SQLException {
        if (query.slots().isEmpty()) {
            // A plain statement: a native text may use PostgreSQL's own ? operators.
            Statement statement = connection.createStatement(scrolling, ResultSet.CONCUR_READ_ONLY);
            return new Prepared(statement, () -> statement.executeQuery(text));
        }
        PreparedStatement statement = connection.prepareStatement(text, scrolling, ResultSet.CONCUR_READ_ONLY);
        if (isKeyed(query)) {
            // A plan for any number of keys would be the plan for ten of them: each set is planned with its own.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
        PostgresBinder.bind(statement, query, bindings);
        return new Prepared(statement, statement::executeQuery);
    }

    /** COPY takes no parameters: keys can be written in their place, where a question mark can be nothing else. */
    private static boolean isCopied(SqlQuery query) {
        return query.author() == SqlQuery.Author.COMPILER
                && query.slots().stream().allMatch(ParameterSlot::isKeys)
                && query.text().chars().filter(c -> c == '?').count()
                        == query.slots().size();
    }

    private static boolean isKeyed(SqlQuery query) {
        return query.slots().stream().anyMatch(ParameterSlot::isKeys);
    }

    /** The statement's types are the server's of now: it keeps them as they are until the transaction ends. */
    private static Optional<List<BinaryDecoder>> binary(Connection connection, SqlQuery query) throws SQLException {
        try (PreparedStatement described = connection.prepareStatement(query.text())) {
            ResultSetMetaData given = described.getMetaData();
            return given == null ? Optional.empty() : BinaryDecoders.of(query, given);
        }
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
            boolean cut = copying.remove(cursor) && !cursor.ended();
            reusable = !failed.remove(cursor) && !cut && !closed && !cancelled;
        }
        if (connection == null) {
            return;
        }
        if (isCopied(cursor.query()) || isKeyed(cursor.query())) {
            sizes.learn(cursor.query().text(), cursor.delivered());
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
