package io.calque.driver;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;

/** A statement prepared on the server, with its parameters. Single-threaded but for {@code cancel}. */
final class CalquePreparedStatement extends RefusingPreparedStatement implements PreparedStatement {
    private final CalqueConnection owner;
    private final Execution execution;
    private final String sql;
    private final Common.TypedValue[] values;

    CalquePreparedStatement(
            CalqueConnection connection, Meta.StatementHandle handle, int type, int concurrency, int holdability)
            throws SQLException {
        super(connection, handle, type, concurrency, holdability);
        this.owner = connection;
        this.execution = new Execution(connection);
        this.sql = handle.signature.sql;
        this.values = new Common.TypedValue[handle.signature.parameters.size()];
    }

    @Override
    protected void checkOpen() throws SQLException {
        Execution.checkOpen(this);
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        closeResult();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                throw new SQLDataException("Parameter " + (i + 1) + " of " + values.length + " has no value", "07001");
            }
        }
        ResultPage page = start();
        updateCount = page.signature() == null ? 0 : -1;
        openResultSet = execution.resultSet(this, handle.id, page);
        return openResultSet != null;
    }

    private ResultPage start() throws SQLException {
        ResultPage page = runOnce();
        if (page == null) {
            // the server was restarted, or the statement was idle too long
            owner.statementMap.remove(handle.id);
            handle = owner.session().prepare(sql);
            owner.statementMap.put(handle.id, this);
            page = runOnce();
        }
        if (page == null) {
            throw new SQLException("The server keeps forgetting the prepared statement", "26000");
        }
        return page;
    }

    private ResultPage runOnce() throws SQLException {
        int id = handle.id;
        return execution.run(
                id, bounds -> owner.session().executePrepared(id, Arrays.asList(values), bounds), getLargeMaxRows());
    }

    private void closeResult() {
        if (openResultSet != null) {
            openResultSet.close();
            openResultSet = null;
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        if (!execute()) {
            throw new SQLException("The statement returns no rows; use execute or executeUpdate", "02000");
        }
        return openResultSet;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        if (execute()) {
            closeResult();
            throw new SQLException("The statement returns rows; use executeQuery", "0100E");
        }
        return 0;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return getSignature().columns.isEmpty() ? null : super.getMetaData();
    }

    private void set(int parameterIndex, Object value) throws SQLException {
        set(parameterIndex, value, owner.zone());
    }

    private void set(int parameterIndex, Object value, ZoneId zone) throws SQLException {
        checkOpen();
        if (parameterIndex < 1 || parameterIndex > values.length) {
            throw new SQLDataException(
                    "The statement has " + values.length + (values.length == 1 ? " parameter" : " parameters")
                            + ", not a number " + parameterIndex,
                    "07009");
        }
        boolean instant =
                getSignature().parameters.get(parameterIndex - 1).parameterType == Types.TIMESTAMP_WITH_TIMEZONE;
        values[parameterIndex - 1] = ParameterValue.of(value, zone, instant);
    }

    @Override
    public void setNull(int parameterIndex, int sqlType) throws SQLException {
        set(parameterIndex, null);
    }

    @Override
    public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
        set(parameterIndex, null);
    }

    /** The server coerces to the type that the statement asks for; the type named here matters for decimals only. */
    @Override
    public void setObject(int parameterIndex, Object x, int targetSqlType, int scaleOrLength) throws SQLException {
        boolean decimal = targetSqlType == Types.DECIMAL || targetSqlType == Types.NUMERIC;
        set(
                parameterIndex,
                decimal && x instanceof BigDecimal
                        ? ((BigDecimal) x).setScale(scaleOrLength, java.math.RoundingMode.HALF_UP)
                        : x);
    }

    @Override
    public void setObject(int parameterIndex, Object x, int targetSqlType) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setObject(int parameterIndex, Object x, SQLType targetSqlType) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setObject(int parameterIndex, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
        setObject(parameterIndex, x, targetSqlType.getVendorTypeNumber(), scaleOrLength);
    }

    @Override
    public void setURL(int parameterIndex, URL x) throws SQLException {
        set(parameterIndex, x == null ? null : x.toString());
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(values, null);
    }

    @Override
    public void setBoolean(int parameterIndex, boolean x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setByte(int parameterIndex, byte x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setShort(int parameterIndex, short x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setInt(int parameterIndex, int x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setLong(int parameterIndex, long x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setFloat(int parameterIndex, float x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setDouble(int parameterIndex, double x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setBigDecimal(int parameterIndex, BigDecimal x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setString(int parameterIndex, String x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setBytes(int parameterIndex, byte[] x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setDate(int parameterIndex, Date x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setTime(int parameterIndex, Time x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setTimestamp(int parameterIndex, Timestamp x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setObject(int parameterIndex, Object x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setArray(int parameterIndex, Array x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setNString(int parameterIndex, String x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setCharacterStream(int parameterIndex, Reader x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setNCharacterStream(int parameterIndex, Reader x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setBinaryStream(int parameterIndex, InputStream x) throws SQLException {
        set(parameterIndex, x);
    }

    @Override
    public void setDate(int parameterIndex, Date x, Calendar calendar) throws SQLException {
        set(parameterIndex, x, Conversion.zone(calendar, owner.zone()));
    }

    @Override
    public void setTime(int parameterIndex, Time x, Calendar calendar) throws SQLException {
        set(parameterIndex, x, Conversion.zone(calendar, owner.zone()));
    }

    @Override
    public void setTimestamp(int parameterIndex, Timestamp x, Calendar calendar) throws SQLException {
        set(parameterIndex, x, Conversion.zone(calendar, owner.zone()));
    }

    @Override
    public void setCharacterStream(int parameterIndex, Reader reader, int length) throws SQLException {
        set(parameterIndex, reader == null ? null : ParameterValue.read(reader, length));
    }

    @Override
    public void setCharacterStream(int parameterIndex, Reader reader, long length) throws SQLException {
        set(parameterIndex, reader == null ? null : ParameterValue.read(reader, length));
    }

    @Override
    public void setNCharacterStream(int parameterIndex, Reader reader, long length) throws SQLException {
        set(parameterIndex, reader == null ? null : ParameterValue.read(reader, length));
    }

    @Override
    public void setBinaryStream(int parameterIndex, InputStream stream, int length) throws SQLException {
        set(parameterIndex, stream == null ? null : ParameterValue.read(stream, length));
    }

    @Override
    public void setBinaryStream(int parameterIndex, InputStream stream, long length) throws SQLException {
        set(parameterIndex, stream == null ? null : ParameterValue.read(stream, length));
    }

    // not synchronized, as Avatica's is: it must come through while another thread executes
    @Override
    public void cancel() throws SQLException {
        checkOpen();
        execution.cancel();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        execution.setQueryTimeout(seconds);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return execution.queryTimeout();
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        execution.setFetchSize(rows);
    }

    @Override
    public int getFetchSize() throws SQLException {
        // the superclass asks while it is constructed
        return execution == null ? 0 : execution.fetchSize();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return execution.warnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        execution.clearWarnings();
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        checkOpen();
        closeResult();
        updateCount = -1;
        return false;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return owner.emptyResult("GENERATED_KEY");
    }
}
