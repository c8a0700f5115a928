package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Statistics of one table by a look at its first rows, and its size by counting while time remains. */
final class SqliteStatistics {
    private static final int FIGURES = 5;

    private final Connection connection;
    private final Clock clock;

    SqliteStatistics(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    TableStatistics measure(TableDescriptor table, Budget budget) throws SQLException {
        TreeMap<String, ColumnStatistics> columns = new TreeMap<>();
        OptionalDouble rows = OptionalDouble.empty();
        try (SqliteDeadline deadline = SqliteDeadline.in(connection, budget.time())) {
            rows = OptionalDouble.of(count(table));
            look(table, budget, rows.getAsDouble(), columns);
        } catch (SQLException e) {
            // Out of time: what was measured so far stands.
            if (!SqliteDeadline.passed(e)) {
                throw e;
            }
        }
        return new TableStatistics(rows, Optional.of(clock.instant()), columns);
    }

    private static String name(TableDescriptor table) {
        return Identifiers.quoted(table.name().schema(), table.name().table());
    }

    private double count(TableDescriptor table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + name(table))) {
            return row.next() ? row.getDouble(1) : 0;
        }
    }

    private void look(TableDescriptor table, Budget budget, double rows, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        List<String> figures = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            String name = Identifiers.quoted(column.path().get(0));
            figures.add("count(" + name + "), count(DISTINCT " + name + "), min(" + name + "), max(" + name
                    + "), avg(length(" + name + "))");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), " + String.join(", ", figures)
                        + " FROM (SELECT * FROM " + name(table) + " LIMIT " + budget.rows() + ")")) {
            double seen = row.next() ? row.getDouble(1) : 0;
            for (int i = 0; i < table.columns().size() && seen > 0; i++) {
                ColumnDescriptor column = table.columns().get(i);
                columns.put(column.name(), figures(row, FIGURES * i + 2, column, seen, rows));
            }
        }
    }

    private static ColumnStatistics figures(ResultSet row, int first, ColumnDescriptor column, double seen, double rows)
            throws SQLException {
        double present = row.getDouble(first);
        double distinct = row.getDouble(first + 1);
        boolean mostlyUnique = distinct > present / 2;
        boolean canonical = Form.of(column) != Form.UNIX_SECONDS
                && Form.of(column) != Form.UNIX_MILLIS
                && Form.of(column) != Form.JULIAN_DAY;
        double width = switch (column.type().kind()) {
            case VARCHAR, VARBINARY -> row.getDouble(first + 4);
            default -> 8;
        };
        // The first rows say nothing of the smallest and largest of all.
        boolean whole = seen >= rows && canonical;
        return new ColumnStatistics(
                OptionalDouble.of(mostlyUnique ? distinct * Math.max(1, rows / seen) : distinct),
                OptionalDouble.of((seen - present) / seen),
                whole ? Optional.ofNullable(row.getString(first + 2)) : Optional.empty(),
                whole ? Optional.ofNullable(row.getString(first + 3)) : Optional.empty(),
                OptionalDouble.of(width),
                List.of(),
                List.of());
    }
}
