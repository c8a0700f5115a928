package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.CanonicalRows;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.ValueScan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Values of one table in canonical text: all rows, or the first ones of a table beyond the budget. */
final class SqliteValues {
    private final Connection connection;

    SqliteValues(Connection connection) {
        this.connection = connection;
    }

    ValueScan read(TableDescriptor table, List<String> names, Budget budget, ValueScan.Sink sink) throws SQLException {
        List<ColumnDescriptor> columns = CanonicalRows.columns(table.columns(), names);
        CanonicalRows rows = new CanonicalRows(columns, budget);
        String sql = "SELECT "
                + columns.stream()
                        .map(c -> "CAST(" + Identifiers.quoted(c.path().get(0)) + " AS TEXT)")
                        .collect(Collectors.joining(", "))
                + " FROM "
                + Identifiers.quoted(table.name().schema(), table.name().table());
        try (SqliteDeadline deadline = SqliteDeadline.in(connection, budget.time());
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            return rows.scan(rows.handOut(results, sink));
        } catch (SQLException e) {
            // Out of time: what was handed out stands.
            if (!SqliteDeadline.passed(e)) {
                throw e;
            }
            return rows.scan(false);
        }
    }
}
