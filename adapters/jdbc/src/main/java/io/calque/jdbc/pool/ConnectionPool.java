package io.calque.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one source. Thread-safe; opens nothing before the first {@link #borrow}.
 *
 * <p>A pool that holds no connection opens the next one in the caller's thread: a wrong password or a dead server is told at
 * once, with the driver's own reason, and not as the pool's timeout.
 */
public final class ConnectionPool implements AutoCloseable {
    /** HikariCP takes nothing shorter. */
    private static final long LEAST_TIMEOUT_MILLIS = 250;

    private final SourceConfig config;
    private final boolean autoCommit;
    private final HandOver handOver;
    private @Nullable HikariDataSource pool;
    private boolean closed;

    /** Whether connections start in a transaction. */
    public enum Transactions {
        AUTOMATIC,
        EXPLICIT
    }

    public ConnectionPool(SourceConfig config, Transactions transactions, ConnectionOpener opener) {
        this.config = config;
        this.autoCommit = transactions == Transactions.EXPLICIT;
        this.handOver = new HandOver(opener);
    }

    /** A connection; closing it gives it back. */
    public Connection borrow() throws SQLException {
        HikariDataSource current = pool();
        if (current.getHikariPoolMXBean() == null
                || current.getHikariPoolMXBean().getTotalConnections() == 0) {
            handOver.openAhead();
        }
        return current.getConnection();
    }

    /** Throws a borrowed connection away instead of giving it back: a late cancel must not meet its next user. */
    public void discard(Connection connection) {
        HikariDataSource current = started();
        if (current != null) {
            current.evictConnection(connection);
        }
    }

    private synchronized @Nullable HikariDataSource started() {
        return pool;
    }

    private synchronized HikariDataSource pool() {
        if (closed) {
            throw new QueryException(ErrorCode.SOURCE_UNAVAILABLE, "Source '" + config.id() + "' is closed");
        }
        if (pool == null) {
            pool = new HikariDataSource(settings());
        }
        return pool;
    }

    private HikariConfig settings() {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("calque-" + config.id());
        settings.setDataSource(handOver);
        settings.setAutoCommit(autoCommit);
        settings.setReadOnly(true);
        settings.setMinimumIdle(0);
        settings.setMaximumPoolSize(config.poolSize());
        settings.setInitializationFailTimeout(-1);
        long timeout = Math.max(LEAST_TIMEOUT_MILLIS, config.connectTimeout().toMillis());
        settings.setConnectionTimeout(timeout);
        settings.setValidationTimeout(Math.min(timeout, 5_000));
        return settings;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
        for (Connection left = handOver.untaken(); left != null; left = handOver.untaken()) {
            try {
                left.close();
            } catch (SQLException e) {
                // It was never used; the server drops it with its socket.
                continue;
            }
        }
    }
}
