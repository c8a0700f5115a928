package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.CursorHost;
import io.calque.jdbc.cursor.JdbcCursor;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * Reads in one transaction of one connection, so that all cursors see one state of the file, also while others write to it. Cursors
 * take turns batch by batch. Thread-safe.
 */
final class SqliteReadSession implements ReadSession, CursorHost {
    private final ConnectionPool pool;
    private final SqliteFailures failures;
    private final ReadOptions options;
    private final Connection connection;
    private final boolean utf8;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Set<JdbcCursor> open = new LinkedHashSet<>();
    private final Map<JdbcCursor, Long> deadlines = new HashMap<>();
    private volatile @Nullable JdbcCursor running;
    private volatile long deadline;
    private boolean cancelled;
    private boolean closed;

    private SqliteReadSession(
            ConnectionPool pool, SqliteFailures failures, ReadOptions options, Connection connection, boolean utf8) {
        this.pool = pool;
        this.failures = failures;
        this.options = options;
        this.connection = connection;
        this.utf8 = utf8;
    }

    static SqliteReadSession begin(ConnectionPool pool, SqliteFailures failures, ReadOptions options) {
        Connection connection;
        try {
            connection = pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            // The transaction takes its snapshot with its first read.
            statement.execute("SELECT count(*) FROM sqlite_schema");
            SqliteReadSession session = new SqliteReadSession(pool, failures, options, connection, isUtf8(statement));
            ProgressHandler.setHandler(
                    connection.unwrap(SQLiteConnection.class), SqliteDeadline.STEPS, session.new StopWhenAsked());
            return session;
        } catch (SQLException e) {
            pool.discard(connection);
            throw failures.connecting(e);
        }
    }

    private static boolean isUtf8(Statement statement) throws SQLException {
        try (ResultSet encoding = statement.executeQuery("PRAGMA encoding")) {
            return encoding.next() && "UTF-8".equals(encoding.getString(1));
        }
    }

    /** SQLite asks it now and then, in the thread that holds the turn; anything but 0 ends the running statement alone. */
    private final class StopWhenAsked extends ProgressHandler {
        @Override
        protected int progress() {
            JdbcCursor current = running;
            boolean stop = current != null && (current.stopped() || System.nanoTime() - deadline > 0);
            return stop ? 1 : 0;
        }
    }

    @Override
    public Consistency consistency() {
        return Consistency.SNAPSHOT;
    }

    @Override
    public RowCursor read(NativeQuery query, Bindings bindings) {
        if (!(query instanceof SqlQuery sql)) {
            throw new IllegalArgumentException("not a query of this source: " + query.text());
        }
        JdbcCursor cursor;
        turn.lock();
        try {
            requireOpen();
            PreparedStatement statement = connection.prepareStatement(sql.text());
            SqliteBinder.bind(statement, sql, bindings);
            cursor = new JdbcCursor(
                    sql, statement, () -> SqliteRows.of(sql, statement, utf8), options.batchRows(), this);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        } finally {
            turn.unlock();
        }
        register(cursor);
        try {
            cursor.start();
        } catch (QueryException e) {
            cursor.close();
            throw e;
        }
        return cursor;
    }

    private void register(JdbcCursor cursor) {
        synchronized (this) {
            open.add(cursor);
            deadlines.put(cursor, System.nanoTime() + options.timeout().toNanos());
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
        turn.lock();
        synchronized (this) {
            deadline = deadlines.getOrDefault(cursor, System.nanoTime());
        }
        running = cursor;
    }

    @Override
    public void leave(JdbcCursor cursor) {
        running = null;
        turn.unlock();
    }

    @Override
    public void interrupt(JdbcCursor cursor) {
        // The progress handler sees for itself that the cursor is stopped.
    }

    @Override
    public void release(JdbcCursor cursor) {
        turn.lock();
        try {
            cursor.statement().close();
        } catch (SQLException e) {
            pool.discard(connection);
        } finally {
            turn.unlock();
        }
        synchronized (this) {
            open.remove(cursor);
            deadlines.remove(cursor);
        }
    }

    @Override
    public QueryException failure(JdbcCursor cursor, SQLException failure, long rows) {
        QueryException meaning = failures.reading(failure, rows);
        if (meaning.code() == ErrorCode.TIMED_OUT) {
            return new QueryException(
                    ErrorCode.TIMED_OUT,
                    "Source '" + failures.source() + "' did not finish within "
                            + options.timeout().toMillis() + " ms; " + rows + " rows had arrived",
                    failure);
        }
        return meaning;
    }

    @Override
    public void cancel() {
        List<JdbcCursor> all;
        synchronized (this) {
            cancelled = true;
            all = List.copyOf(open);
        }
        all.forEach(JdbcCursor::cancel);
    }

    @Override
    public void close() {
        List<JdbcCursor> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(open);
        }
        all.forEach(JdbcCursor::close);
        turn.lock();
        try (Statement statement = connection.createStatement()) {
            ProgressHandler.clearHandler(connection.unwrap(SQLiteConnection.class));
            statement.execute("ROLLBACK");
            connection.close();
        } catch (SQLException e) {
            pool.discard(connection);
        } finally {
            turn.unlock();
        }
    }
}
