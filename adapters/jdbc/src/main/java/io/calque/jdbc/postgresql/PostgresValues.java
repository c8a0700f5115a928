package io.calque.jdbc.postgresql;

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
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of one table in canonical text: all rows, or pages drawn at random of a table beyond the budget. */
final class PostgresValues {
    private static final int FETCH = 2_000;
    private static final String CANCELLED_BY_TIMEOUT = "57014";

    private final Connection connection;

    /** The transaction has begun. */
    PostgresValues(Connection connection) {
        this.connection = connection;
    }

    ValueScan read(TableDescriptor table, List<String> names, Budget budget, ValueScan.Sink sink) throws SQLException {
        List<ColumnDescriptor> columns = CanonicalRows.columns(table.columns(), names);
        CanonicalRows rows = new CanonicalRows(columns, budget);
        double size = table.statistics().rowCount().orElse(0);
        boolean sampled = size > budget.rows() && hasPages(table);
        String sql = "SELECT "
                + columns.stream()
                        .map(c -> "CAST(" + Identifiers.quoted(c.name()) + " AS text)")
                        .collect(Collectors.joining(", "))
                + " FROM "
                + Identifiers.quoted(table.name().schema(), table.name().table())
                + (sampled
                        ? String.format(
                                Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (7)", 100 * budget.rows() / size)
                        : "");
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet results = statement.executeQuery(sql)) {
                return rows.scan(rows.handOut(results, sink) && !sampled);
            }
        } catch (SQLException e) {
            // Out of time: what was handed out stands.
            if (!CANCELLED_BY_TIMEOUT.equals(e.getSQLState())) {
                throw e;
            }
            return rows.scan(false);
        }
    }

    private static boolean hasPages(TableDescriptor table) {
        return switch (table.kind()) {
            case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW -> true;
            default -> false;
        };
    }
}
