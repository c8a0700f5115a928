package io.calque.jdbc.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The pool's door to the driver: gives connections that were opened ahead of it first. Thread-safe. */
final class HandOver implements DataSource {
    private final ConnectionOpener opener;
    private final ConcurrentLinkedQueue<Connection> ready = new ConcurrentLinkedQueue<>();

    HandOver(ConnectionOpener opener) {
        this.opener = opener;
    }

    /** Opens a connection in the caller's thread, so that a failure is the caller's at once, and keeps it for the pool. */
    void openAhead() throws SQLException {
        ready.add(opener.open());
    }

    /** A connection that was opened ahead and not taken; null when there is none. */
    @Nullable Connection untaken() {
        return ready.poll();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection opened = ready.poll();
        return opened == null ? opener.open() : opened;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("credentials belong to the source's configuration");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver logs through SLF4J or not at all.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The opener carries its own timeout.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
