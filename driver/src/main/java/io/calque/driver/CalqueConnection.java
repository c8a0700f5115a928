package io.calque.driver;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Struct;
import java.sql.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;

/**
 * A connection to an engine. Single-threaded but for {@code abort}.
 *
 * <p>Calque only reads and has no transactions: commit and rollback are accepted and do nothing.
 */
final class CalqueConnection extends AvaticaConnection {
    private final ConnectionUrl target;
    private final RemoteSession session;
    private final ZoneId zone;
    private final int fetchSize;
    private boolean autoCommit = true;
    private int isolation = Connection.TRANSACTION_NONE;
    private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    private final Properties clientInfo = new Properties();

    CalqueConnection(
            CalqueDriver driver, CalqueFactory factory, String url, ConnectionUrl target, RemoteSession session)
            throws SQLException {
        super(driver, factory, url, new Properties());
        this.target = target;
        this.session = session;
        String zoneName = target.get(Option.TIME_ZONE);
        this.zone = zoneName == null
                ? TimeZone.getDefault().toZoneId()
                : TimeZone.getTimeZone(zoneName).toZoneId();
        try {
            this.fetchSize = Integer.parseInt(target.get(Option.FETCH_SIZE));
        } catch (NumberFormatException e) {
            throw new SQLDataException(
                    "Property fetchSize takes a number of rows, not '" + target.get(Option.FETCH_SIZE) + "'",
                    "22023",
                    e);
        }
        CalqueStatement.checkFetchSize(fetchSize);
    }

    ConnectionUrl target() {
        return target;
    }

    RemoteSession session() {
        return session;
    }

    /** Where java.sql's dates and times show their wall clock. */
    ZoneId zone() {
        return zone;
    }

    int fetchSize() {
        return fetchSize;
    }

    boolean isFlat() {
        return "flat".equalsIgnoreCase(target.get(Option.CATALOGS));
    }

    @Override
    public TimeZone getTimeZone() {
        return TimeZone.getTimeZone(zone);
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw new SQLException("The connection is closed", "08003");
        }
    }

    @Override
    public void close() throws SQLException {
        if (isClosed()) {
            return;
        }
        // marks the connection closed; its meta sends nothing
        super.close();
        for (AvaticaStatement statement : new ArrayList<>(statementMap.values())) {
            statementMap.remove(statement.handle.id);
        }
        session.close();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLDataException("abort needs an executor", "22023");
        }
        if (!isClosed()) {
            super.close();
            executor.execute(() -> {
                try {
                    session.close();
                } catch (SQLException e) {
                    // aborted: the server ends the session when it notices, or when it has been idle too long
                    statementMap.clear();
                }
            });
        }
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (timeout < 0) {
            throw new SQLDataException("The timeout must not be negative: " + timeout, "22023");
        }
        if (isClosed()) {
            return false;
        }
        try {
            session.sync(Common.ConnectionProperties.getDefaultInstance());
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int resultHoldability)
            throws SQLException {
        checkOpen();
        checkForwardOnly(type, concurrency);
        return (PreparedStatement)
                factory.newPreparedStatement(this, session.prepare(sql), null, type, concurrency, resultHoldability);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public AvaticaStatement createStatement(int type, int concurrency, int resultHoldability) throws SQLException {
        checkOpen();
        checkForwardOnly(type, concurrency);
        return factory.newStatement(this, null, type, concurrency, resultHoldability);
    }

    private static void checkForwardOnly(int type, int concurrency) throws SQLException {
        if (concurrency == ResultSet.CONCUR_UPDATABLE) {
            throw ServerError.unsupported("Calque reads only: results cannot be updated");
        }
        if (type != ResultSet.TYPE_FORWARD_ONLY) {
            throw ServerError.unsupported("Results are read forward only");
        }
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw ServerError.unsupported("Calque has no procedures to call");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int resultHoldability)
            throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        checkOpen();
        this.autoCommit = autoCommit;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    @Override
    public void commit() throws SQLException {
        checkOpen();
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw ServerError.unsupported("Calque has no transactions, and so no savepoints");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return setSavepoint();
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return true;
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        this.holdability = holdability;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return holdability;
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
        if (catalog != null && !isFlat()) {
            session.sync(Common.ConnectionProperties.newBuilder()
                    .setIsDirty(true)
                    .setCatalog(catalog)
                    .build());
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return isFlat() ? FlatCatalog.NAME : emptyToNull(session.sync(current()).getCatalog());
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        checkOpen();
        if (schema == null) {
            return;
        }
        Common.ConnectionProperties.Builder changes =
                Common.ConnectionProperties.newBuilder().setIsDirty(true);
        if (isFlat()) {
            changes.setCatalog(FlatCatalog.catalog(schema)).setSchema(FlatCatalog.schema(schema));
        } else {
            changes.setSchema(schema);
        }
        session.sync(changes.build());
    }

    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        Common.ConnectionProperties properties = session.sync(current());
        String schema = emptyToNull(properties.getSchema());
        return isFlat() ? FlatCatalog.schema(emptyToNull(properties.getCatalog()), schema) : schema;
    }

    private static Common.ConnectionProperties current() {
        return Common.ConnectionProperties.getDefaultInstance();
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return new HashMap<>();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void setClientInfo(String name, String value) {
        if (value == null) {
            clientInfo.remove(name);
        } else {
            clientInfo.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(Properties properties) {
        clientInfo.clear();
        for (String name : properties.stringPropertyNames()) {
            clientInfo.setProperty(name, properties.getProperty(name));
        }
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        checkOpen();
        // the elements are kept as the caller gave them, and turned into wire values when they are sent
        return new CalqueArray(Types.JAVA_OBJECT, typeName, Arrays.asList(elements), zone);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw ServerError.unsupported("Calque has no structured types");
    }

    /** A result without rows. */
    ResultSet emptyResult(String... columnNames) throws SQLException {
        List<ColumnMetaData> columns = new ArrayList<>();
        for (String name : columnNames) {
            columns.add(ResultShape.column(columns.size(), name, Types.VARCHAR));
        }
        return result(columns, Collections.emptyList());
    }

    /** A result of rows at hand, in the wire's form. */
    ResultSet result(List<ColumnMetaData> columns, List<Object[]> rows) throws SQLException {
        Meta.Signature signature = ResultShape.signature(columns);
        ResultPage page = new ResultPage(signature, ColumnFrame.of(rows, columns.size()), true, null, null);
        return new CalqueResultSet(
                null,
                signature,
                new AvaticaResultSetMetaData(null, null, signature),
                new ResultPages(null, 0, page),
                zone);
    }
}
