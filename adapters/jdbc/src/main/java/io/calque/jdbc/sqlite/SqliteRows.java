package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.DriverRows;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.batch.ColumnBuilder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.core.CoreStatement;
import org.sqlite.jdbc4.JDBC4ResultSet;

/** The rows of a statement that runs: the driver steps, {@link StoredValues} reads. Single-threaded, within the session's turn. */
final class SqliteRows implements DriverRows {
    private final ResultSet rows;
    private final StoredValues values;

    private SqliteRows(ResultSet rows, StoredValues values) {
        this.rows = rows;
        this.values = values;
    }

    /**
     * @param utf8 whether the file keeps text so
     */
    static SqliteRows of(SqlQuery query, PreparedStatement statement, boolean utf8) throws SQLException {
        // below the pool's own, which looks at every call
        ResultSet rows = statement.executeQuery().unwrap(JDBC4ResultSet.class);
        SqliteDecoder[] decoders = SqliteDecoders.of(query).toArray(SqliteDecoder[]::new);
        return new SqliteRows(rows, new StoredValues(statement.unwrap(CoreStatement.class).pointer, decoders, utf8));
    }

    @Override
    public boolean next(ColumnBuilder[] out) throws SQLException {
        if (!rows.next()) {
            return false;
        }
        values.append(out);
        return true;
    }
}
