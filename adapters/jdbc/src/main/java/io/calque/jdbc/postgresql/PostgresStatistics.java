package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.type.DataType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of one table: what ANALYZE left in {@code pg_stats} where it ran, else a bounded look at the rows.
 *
 * <p>Bounds: PostgreSQL, "Row Estimation Examples"; {@code n_distinct} below zero is a share of the rows.
 */
final class PostgresStatistics {
    private final Connection connection;
    private final Clock clock;

    PostgresStatistics(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    TableStatistics measure(TableDescriptor table, Budget budget) throws SQLException {
        TreeMap<String, ColumnStatistics> columns = new TreeMap<>();
        double rows = rows(table, budget);
        try (PreparedStatement statement = connection.prepareStatement(PostgresCatalogQueries.STATISTICS)) {
            statement.setString(1, table.name().schema());
            statement.setString(2, table.name().table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    boolean known = table.column(name).isPresent();
                    if (known) {
                        // Where a parent has its own and the inherited figures, the inherited come last and cover more.
                        columns.put(name, column(row, rows));
                    }
                }
            }
        }
        if (columns.isEmpty()) {
            sample(table, budget, rows, columns);
        }
        return new TableStatistics(OptionalDouble.of(rows), Optional.of(clock.instant()), columns);
    }

    private static ColumnStatistics column(ResultSet row, double rows) throws SQLException {
        double distinct = row.getDouble(4);
        List<String> values = texts(row.getString(5));
        List<String> shares = texts(row.getString(6));
        List<String> bounds = texts(row.getString(7));
        List<CommonValue> common = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), shares.size()); i++) {
            common.add(new CommonValue(values.get(i), Double.parseDouble(shares.get(i))));
        }
        return new ColumnStatistics(
                OptionalDouble.of(distinct < 0 ? Math.max(1, -distinct * rows) : distinct),
                OptionalDouble.of(row.getDouble(2)),
                bounds.isEmpty() ? Optional.empty() : Optional.of(bounds.get(0)),
                bounds.isEmpty() ? Optional.empty() : Optional.of(bounds.get(bounds.size() - 1)),
                OptionalDouble.of(row.getDouble(3)),
                common,
                bounds);
    }

    /** An array's elements as text; empty for NULL. */
    private static List<String> texts(@Nullable String array) {
        if (array == null) {
            return List.of();
        }
        return new PostgresArrayDecoder(DataType.array(DataType.VARCHAR), "pg_stats")
                .elements(array).stream().map(String::valueOf).toList();
    }

    /** The planner's own figure where there is one; else counted up to the budget and scaled by the table's size. */
    private double rows(TableDescriptor table, Budget budget) throws SQLException {
        OptionalDouble estimated = estimate(table);
        if (estimated.isPresent()) {
            return estimated.getAsDouble();
        }
        String counted =
                "SELECT count(*) FROM (SELECT 1 FROM " + name(table) + " LIMIT " + (budget.rows() + 1) + ") AS few";
        double few = number(counted);
        return few <= budget.rows() ? few : counted(table, few);
    }

    /** All rows where the time allows it, else at least as many as were seen. */
    private double counted(TableDescriptor table, double atLeast) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return Math.max(atLeast, number("SELECT count(*) FROM " + name(table)));
        } catch (SQLException e) {
            connection.rollback(before);
            return atLeast;
        }
    }

    private OptionalDouble estimate(TableDescriptor table) throws SQLException {
        String sql = "SELECT sum(CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples END)"
                + " FROM pg_class c WHERE c.relkind <> 'p' AND (c.oid = '"
                + name(table).replace("'", "''") + "'::regclass OR c.oid IN"
                + " (SELECT relid FROM pg_partition_tree('" + name(table).replace("'", "''")
                + "'::regclass) WHERE isleaf))";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            double rows = row.next() ? row.getDouble(1) : 0;
            // Zero is also what a table that was never analyzed says before PostgreSQL 14.
            return row.wasNull() || rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(rows);
        }
    }

    private void sample(TableDescriptor table, Budget budget, double rows, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        List<String> parts = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            String name = Identifiers.quoted(column.name());
            parts.add("count(" + name + "), count(DISTINCT CAST(" + name + " AS text)), avg(pg_column_size(" + name
                    + "))");
        }
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), " + String.join(", ", parts)
                        + " FROM (SELECT * FROM " + name(table) + " LIMIT " + budget.rows() + ") AS sample")) {
            if (!row.next()) {
                return;
            }
            double seen = row.getDouble(1);
            for (int i = 0; i < table.columns().size() && seen > 0; i++) {
                columns.put(
                        table.columns().get(i).name(),
                        sampled(
                                seen,
                                row.getDouble(3 * i + 2),
                                row.getDouble(3 * i + 3),
                                row.getDouble(3 * i + 4),
                                rows));
            }
        } catch (SQLException e) {
            // Out of budget: the row count is worth having alone.
            connection.rollback(before);
        }
    }

    private static ColumnStatistics sampled(double seen, double present, double distinct, double bytes, double rows) {
        boolean mostlyUnique = distinct > present / 2;
        double all = mostlyUnique ? distinct * Math.max(1, rows / seen) : distinct;
        return new ColumnStatistics(
                OptionalDouble.of(all),
                OptionalDouble.of((seen - present) / seen),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(bytes),
                List.of(),
                List.of());
    }

    private double number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getDouble(1) : 0;
        }
    }

    private static String name(TableDescriptor table) {
        return Identifiers.quoted(table.name().schema()) + "."
                + Identifiers.quoted(table.name().table());
    }
}
