package io.calque.embedded.chinook;

import io.calque.embedded.RowWriter;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.hydromatic.chinook.data.hsqldb.ChinookHsqldb;
import org.jspecify.annotations.Nullable;

/** The sample as it is published, readable by SQL in this JVM. Belongs to one thread. */
final class ChinookRows implements AutoCloseable {
    private final Connection connection;

    private ChinookRows(Connection connection) {
        this.connection = connection;
    }

    static ChinookRows open() throws SQLException {
        // HSQLDB would otherwise replace the logging configuration of the whole JVM.
        if (System.getProperty("hsqldb.reconfig_logging") == null) {
            System.setProperty("hsqldb.reconfig_logging", "false");
        }
        return new ChinookRows(DriverManager.getConnection(
                ChinookHsqldb.URI + ";shutdown=true", ChinookHsqldb.USER, ChinookHsqldb.PASSWORD));
    }

    /** All rows of a query; a DATE is a {@code LocalDate}. */
    List<@Nullable Object[]> read(String sql) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            int width = results.getMetaData().getColumnCount();
            while (results.next()) {
                @Nullable Object[] row = new @Nullable Object[width];
                for (int i = 0; i < width; i++) {
                    Object value = results.getObject(i + 1);
                    row[i] = value instanceof Date date ? date.toLocalDate() : value;
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Writes all rows of a query and closes the writer. */
    void copy(String sql, RowWriter writer) throws SQLException {
        try (writer) {
            read(sql).forEach(writer::add);
        }
    }

    /** Closes the connection, with which the last in-memory copy of the sample goes. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
