package io.calque.driver;

import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;

/**
 * The few requests that Avatica's JDBC objects make by themselves, answered by the session. Everything else, from executing to
 * metadata, the driver's own objects ask of the session directly.
 */
final class CalqueMeta extends MetaImpl {
    CalqueMeta(AvaticaConnection connection) {
        super(connection);
    }

    private RemoteSession session() {
        return ((CalqueConnection) connection).session();
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        return new StatementHandle(ch.id, session().newStatement(), null);
    }

    @Override
    public void closeStatement(StatementHandle h) {
        try {
            session().closeStatement(h.id);
        } catch (SQLException e) {
            // the server forgets it with the connection; a failing close would hide what the caller was doing
            connection.statementMap.remove(h.id);
        }
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        throw new UnsupportedOperationException("prepared by the session");
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
        throw new UnsupportedOperationException("executed by the session");
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback) {
        throw new UnsupportedOperationException("executed by the session");
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, java.util.List<String> sqlCommands) {
        throw new UnsupportedOperationException("batches are refused");
    }

    @Override
    public ExecuteBatchResult executeBatch(
            StatementHandle h, java.util.List<java.util.List<org.apache.calcite.avatica.remote.TypedValue>> values) {
        throw new UnsupportedOperationException("batches are refused");
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount) {
        throw new UnsupportedOperationException("fetched by the session");
    }

    @Override
    @Deprecated
    public ExecuteResult execute(
            StatementHandle h,
            java.util.List<org.apache.calcite.avatica.remote.TypedValue> parameterValues,
            long maxRowCount) {
        throw new UnsupportedOperationException("executed by the session");
    }

    @Override
    public ExecuteResult execute(
            StatementHandle h,
            java.util.List<org.apache.calcite.avatica.remote.TypedValue> parameterValues,
            int maxRowsInFirstFrame) {
        throw new UnsupportedOperationException("executed by the session");
    }

    @Override
    public boolean syncResults(StatementHandle sh, org.apache.calcite.avatica.QueryState state, long offset) {
        throw new UnsupportedOperationException("results are not resumed");
    }

    @Override
    public void commit(ConnectionHandle ch) {
        // reads only: nothing to commit
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        // reads only: nothing to undo
    }
}
