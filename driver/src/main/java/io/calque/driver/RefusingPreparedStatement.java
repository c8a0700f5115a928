package io.calque.driver;

import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;

/**
 * What a prepared statement refuses: parameters of kinds that Calque has no type for, batches, and the calls that belong to a statement given as text.
 * Avatica would take some of them silently. Has no state of its own.
 */
abstract class RefusingPreparedStatement extends AvaticaPreparedStatement {
    RefusingPreparedStatement(
            AvaticaConnection connection, Meta.StatementHandle handle, int type, int concurrency, int holdability)
            throws SQLException {
        super(connection, handle, handle.signature, type, concurrency, holdability);
    }

    @Override
    public void setRef(int parameterIndex, Ref x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setBlob(int parameterIndex, Blob x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setClob(int parameterIndex, Clob x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setNClob(int parameterIndex, NClob x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setRowId(int parameterIndex, RowId x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setSQLXML(int parameterIndex, SQLXML x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setClob(int parameterIndex, Reader x, long length) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setNClob(int parameterIndex, Reader x, long length) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setBlob(int parameterIndex, InputStream x, long length) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setClob(int parameterIndex, Reader x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setNClob(int parameterIndex, Reader x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setBlob(int parameterIndex, InputStream x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setAsciiStream(int parameterIndex, InputStream x, int length) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setAsciiStream(int parameterIndex, InputStream x, long length) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void setAsciiStream(int parameterIndex, InputStream x) throws SQLException {
        throw unsupportedKind();
    }

    @Override
    public void addBatch() throws SQLException {
        throw Execution.noBatches();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        throw Execution.noBatches();
    }

    @Override
    public boolean execute(String text) throws SQLException {
        throw Execution.wrongCall("execute(String)");
    }

    @Override
    public ResultSet executeQuery(String text) throws SQLException {
        throw Execution.wrongCall("executeQuery(String)");
    }

    @Override
    public long executeLargeUpdate(String text) throws SQLException {
        throw Execution.wrongCall("executeUpdate(String)");
    }

    private static SQLException unsupportedKind() {
        return ServerError.unsupported(
                "Parameters of this kind are not supported: use setString, setBytes or setObject");
    }
}
