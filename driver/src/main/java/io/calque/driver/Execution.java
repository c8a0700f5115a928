package io.calque.driver;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;

/** What plain and prepared statements do alike: bounds, running, cancelling, warnings. Cancel may come from any thread. */
final class Execution {
    private final CalqueConnection connection;
    private long timeoutMillis;
    private int fetchSize;
    private SQLWarning warnings;
    // the statement whose result is open or being waited for; 0 when there is none
    private volatile int running;

    Execution(CalqueConnection connection) throws SQLException {
        this.connection = connection;
        this.timeoutMillis = connection.target().millis(Option.QUERY_TIMEOUT);
        this.fetchSize = connection.fetchSize();
    }

    /** A request that starts a query. */
    interface Start {
        ResultPage start(Bounds bounds) throws SQLException;
    }

    ResultPage run(int statement, Start start, long maxRows) throws SQLException {
        warnings = null;
        running = statement;
        ResultPage page = null;
        try {
            page = start.start(new Bounds(timeoutMillis, maxRows, fetchSize));
        } finally {
            if (page == null || page.isLast()) {
                running = 0;
            }
        }
        if (page != null) {
            warnings = page.warnings();
        }
        return page;
    }

    /** Null when the statement returned no rows. */
    AvaticaResultSet resultSet(AvaticaStatement statement, int id, ResultPage page) throws SQLException {
        if (page.signature() == null) {
            return null;
        }
        return new CalqueResultSet(
                statement,
                page.signature(),
                new AvaticaResultSetMetaData(statement, null, page.signature()),
                new ResultPages(connection.session(), id, page),
                connection.zone());
    }

    void cancel() throws SQLException {
        int statement = running;
        if (statement != 0) {
            connection.session().cancel(statement);
        }
    }

    void setQueryTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw new SQLDataException("The query timeout must not be negative: " + seconds, "22023");
        }
        timeoutMillis = seconds * 1000L;
    }

    int queryTimeout() {
        return (int) ((timeoutMillis + 999) / 1000);
    }

    void setFetchSize(int rows) throws SQLException {
        CalqueStatement.checkFetchSize(rows);
        fetchSize = rows;
    }

    int fetchSize() {
        return fetchSize;
    }

    SQLWarning warnings() {
        return warnings;
    }

    void clearWarnings() {
        warnings = null;
    }

    static void checkOpen(Statement statement) throws SQLException {
        if (statement.isClosed()) {
            throw new SQLException("The statement is closed", "24000");
        }
    }

    static SQLException noBatches() {
        return ServerError.unsupported("Calque reads only: batches of updates are not supported");
    }

    static SQLException wrongCall(String method) {
        return new SQLException(method + " belongs to plain statements; this one is prepared already", "HY010");
    }
}
