package io.calque.jdbc.postgresql;

import io.calque.spi.source.ReadOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * How a reading transaction starts: one round trip that sets the isolation, the clock's zone, the time limit and the name that
 * {@code pg_stat_activity} shows. Everything is local to the transaction, so that PgBouncer's transaction pooling keeps it.
 */
final class PostgresTransaction {
    private static final int LONGEST_NAME = 63;
    private static final int DROPS_SELF_JOINS = 18;

    private PostgresTransaction() {}

    /** Begins, and gives the snapshot's name; empty where the server exports none, and then each transaction sees its own state. */
    static Optional<String> beginExporting(Connection connection, ReadOptions options) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(preamble(Optional.empty())
                    + settings(connection, options.queryId(), options.timeout())
                    + "; SELECT pg_export_snapshot()");
            while (!rows && statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                return result != null && result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            if (!exportRefused(e)) {
                throw e;
            }
            connection.rollback();
            beginIn(connection, options, Optional.empty());
            return Optional.empty();
        }
    }

    /** Begins in a snapshot that another transaction of the session exported. */
    static void beginIn(Connection connection, ReadOptions options, Optional<String> snapshot) throws SQLException {
        begin(connection, options.queryId(), options.timeout(), snapshot);
    }

    /** Begins for work that is no query of a user. */
    static void begin(Connection connection, String purpose, Duration timeout) throws SQLException {
        begin(connection, purpose, timeout, Optional.empty());
    }

    private static void begin(Connection connection, String purpose, Duration timeout, Optional<String> snapshot)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(preamble(snapshot) + settings(connection, purpose, timeout));
        }
    }

    /** 55000 while a server in recovery cannot export, 0A000 where a proxy does not know the function. */
    private static boolean exportRefused(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.equals("55000") || state.equals("0A000") || state.equals("42883") || state.equals("25006");
    }

    private static String preamble(Optional<String> snapshot) {
        return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                + snapshot.map(name -> "; SET TRANSACTION SNAPSHOT '" + name + "'")
                        .orElse("");
    }

    private static String settings(Connection connection, String purpose, Duration timeout) throws SQLException {
        String name = "calque " + purpose.replaceAll("[^A-Za-z0-9_. :-]", "");
        long millis = Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
        return "; SET LOCAL TimeZone = 'UTC'; SET LOCAL standard_conforming_strings = on; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'"
                + "; SET LOCAL statement_timeout = " + millis
                + "; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL application_name = '"
                + name.substring(0, Math.min(LONGEST_NAME, name.length())) + "'"
                + selfJoins(connection);
    }

    /**
     * PostgreSQL 18 drops a join of a table with itself on its key, and takes the columns of both for one another: {@code ORDER BY} over
     * {@code GROUPING SETS} of two of them then sorts by one. 18.6 still does.
     */
    private static String selfJoins(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= DROPS_SELF_JOINS
                ? "; SET LOCAL enable_self_join_elimination = off"
                : "";
    }
}
