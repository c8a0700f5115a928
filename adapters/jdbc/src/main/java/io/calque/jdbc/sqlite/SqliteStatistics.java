package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.type.TypeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of one table: a look at its first rows, its size by counting while time remains, and what ANALYZE left in
 * {@code sqlite_stat1} where there is more than can be looked at. What no time remained for is unknown. Belongs to one thread.
 */
final class SqliteStatistics {
    private static final int FIGURES = 5;
    private static final int FEW_ROWS = 2_000;
    private static final int COMMON_VALUES = 20;
    private static final int BUCKETS = 20;
    private static final Duration CHEAP = Duration.ofMillis(500);

    private final Connection connection;
    private final Clock clock;

    SqliteStatistics(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    TableStatistics measure(TableDescriptor table, Budget budget) throws SQLException {
        TreeMap<String, ColumnStatistics> columns = new TreeMap<>();
        OptionalDouble rows = OptionalDouble.empty();
        double seen = 0;
        try (SqliteDeadline deadline = SqliteDeadline.in(connection, budget.time())) {
            // Little is soon looked at; all that may be looked at is not, where values are long and the machine is
            // busy.
            seen = look(table, Math.min(FEW_ROWS, budget.rows()), columns);
            if (seen == FEW_ROWS) {
                seen = look(table, budget.rows(), columns);
            }
            boolean all = seen < budget.rows();
            rows = OptionalDouble.of(all ? seen : number("SELECT count(*) FROM " + name(table)));
            values(table, budget, all, columns);
        } catch (SQLException e) {
            // Out of time: what was measured so far stands.
            if (!SqliteDeadline.passed(e)) {
                throw e;
            }
        }
        if (rows.isEmpty() || rows.getAsDouble() >= budget.rows()) {
            rows = analyzed(table, rows, seen, columns);
        }
        return new TableStatistics(rows, Optional.of(clock.instant()), columns);
    }

    private static String name(TableDescriptor table) {
        return Identifiers.quoted(table.name().schema(), table.name().table());
    }

    private double number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getDouble(1) : 0;
        }
    }

    private static String first(TableDescriptor table, long rows) {
        return " FROM (SELECT * FROM " + name(table) + " LIMIT " + rows + ")";
    }

    /** How many rows were looked at. */
    private double look(TableDescriptor table, long most, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        List<String> figures = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            String name = Identifiers.quoted(column.path().get(0));
            figures.add("count(" + name + "), count(DISTINCT " + name + "), min(" + name + "), max(" + name
                    + "), avg(length(" + name + "))");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*), " + String.join(", ", figures) + first(table, most))) {
            double seen = row.next() ? row.getDouble(1) : 0;
            for (int i = 0; i < table.columns().size() && seen > 0; i++) {
                ColumnDescriptor column = table.columns().get(i);
                columns.put(column.name(), figures(row, FIGURES * i + 2, column, seen, seen < most));
            }
            return seen;
        }
    }

    private static ColumnStatistics figures(ResultSet row, int first, ColumnDescriptor column, double seen, boolean all)
            throws SQLException {
        double present = row.getDouble(first);
        double width = switch (column.type().kind()) {
            case VARCHAR, VARBINARY -> row.getDouble(first + 4);
            default -> 8;
        };
        // The first rows say nothing of the smallest and largest of all.
        boolean ends = all && isCanonical(column);
        return new ColumnStatistics(
                OptionalDouble.of(row.getDouble(first + 1)),
                OptionalDouble.of((seen - present) / seen),
                ends ? Optional.ofNullable(canonical(row.getString(first + 2), column)) : Optional.empty(),
                ends ? Optional.ofNullable(canonical(row.getString(first + 3), column)) : Optional.empty(),
                OptionalDouble.of(width),
                List.of(),
                List.of());
    }

    /** Whether SQLite's own text of a value is the engine's, and its order too. */
    private static boolean isCanonical(ColumnDescriptor column) {
        return switch (Form.of(column)) {
            case UNIX_SECONDS, UNIX_MILLIS, JULIAN_DAY, NATIVE, COLLATED, UNORDERED -> false;
            default -> column.type().kind() != TypeKind.VARBINARY;
        };
    }

    private static @Nullable String canonical(@Nullable String value, ColumnDescriptor column) {
        if (value == null || column.type().kind() != TypeKind.BOOLEAN) {
            return value;
        }
        return value.equals("1") ? "true" : "false";
    }

    /** The frequent values of columns in which values repeat, and the bounds of equal shares where all rows were seen. */
    private void values(TableDescriptor table, Budget budget, boolean all, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        for (ColumnDescriptor column : table.columns()) {
            ColumnStatistics known = columns.getOrDefault(column.name(), ColumnStatistics.UNKNOWN);
            double distinct = known.distinctCount().orElse(0);
            boolean text = column.type().kind() == TypeKind.VARCHAR && Form.of(column) != Form.NATIVE;
            if (distinct == 0 || !(isCanonical(column) || text)) {
                continue;
            }
            List<CommonValue> common = common(table, budget, column);
            boolean spread = all && distinct > BUCKETS && isCanonical(column) && !text;
            List<String> bounds = spread ? bounds(table, budget, column) : List.of();
            columns.put(
                    column.name(),
                    new ColumnStatistics(
                            known.distinctCount(),
                            known.nullFraction(),
                            known.min(),
                            known.max(),
                            known.averageBytes(),
                            common,
                            bounds));
        }
    }

    private List<CommonValue> common(TableDescriptor table, Budget budget, ColumnDescriptor column)
            throws SQLException {
        String name = Identifiers.quoted(column.path().get(0));
        // A look at fewer rows tells frequent values as well.
        List<CommonValue> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + name
                        + " COLLATE BINARY AS v, count(*) AS n, sum(count(*)) OVER ()" + first(table, budget.rows())
                        + " GROUP BY 1 ORDER BY (v IS NULL), n DESC, v LIMIT " + COMMON_VALUES)) {
            while (row.next()) {
                String value = canonical(row.getString(1), column);
                if (value != null && row.getInt(2) > 1) {
                    found.add(new CommonValue(value, row.getDouble(2) / row.getDouble(3)));
                }
            }
        }
        return found;
    }

    private List<String> bounds(TableDescriptor table, Budget budget, ColumnDescriptor column) throws SQLException {
        String name = Identifiers.quoted(column.path().get(0));
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT min(v), max(v) FROM (SELECT " + name + " AS v, ntile("
                        + BUCKETS + ") OVER (ORDER BY " + name + ") AS tile" + first(table, budget.rows()) + " WHERE "
                        + name
                        + " IS NOT NULL) GROUP BY tile ORDER BY tile")) {
            String last = null;
            while (row.next()) {
                found.add(row.getString(1));
                last = row.getString(2);
            }
            if (last != null) {
                found.add(last);
            }
        }
        return found;
    }

    /**
     * What ANALYZE left of a table too large to look at whole: of each index the rows, and how many of them share its first column's
     * value on the average. Without that the largest rowid is no less than the rows, but for those deleted.
     */
    private OptionalDouble analyzed(
            TableDescriptor table, OptionalDouble counted, double seen, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        OptionalDouble rows = counted;
        Map<String, Double> distinct = new HashMap<>();
        try (SqliteDeadline deadline = SqliteDeadline.in(connection, CHEAP)) {
            String schema = table.name().schema();
            boolean known = number("SELECT count(*) FROM " + Identifiers.quoted(schema)
                            + ".sqlite_schema WHERE name = 'sqlite_stat1'")
                    > 0;
            if (known) {
                try (PreparedStatement statement = connection.prepareStatement("SELECT s.stat, i.name FROM "
                        + Identifiers.quoted(schema) + ".sqlite_stat1 AS s LEFT JOIN pragma_index_list(s.tbl, ?) AS l"
                        + " ON l.name = s.idx AND NOT l.partial LEFT JOIN pragma_index_info(l.name, ?) AS i"
                        + " ON i.seqno = 0 WHERE s.tbl = ?")) {
                    statement.setString(1, schema);
                    statement.setString(2, schema);
                    statement.setString(3, table.name().table());
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            String[] figures = row.getString(1).split(" ", -1);
                            double all = Double.parseDouble(figures[0]);
                            rows = rows.isPresent() ? rows : OptionalDouble.of(all);
                            String column = row.getString(2);
                            if (column != null && figures.length > 1) {
                                distinct.put(column, Math.max(1, all / Double.parseDouble(figures[1])));
                            }
                        }
                    }
                }
            }
            if (rows.isEmpty()) {
                rows = OptionalDouble.of(number("SELECT max(rowid) FROM " + name(table)));
            }
        } catch (SQLException | NumberFormatException e) {
            // No rowid, no such statistics, or another program's: the size stays unknown.
            return rows;
        } finally {
            double all = rows.orElse(0);
            columns.replaceAll((name, known) -> refined(known, Optional.ofNullable(distinct.get(name)), seen, all));
        }
        return rows;
    }

    /** Where most of the values looked at were different, the others are so too. */
    private static ColumnStatistics refined(
            ColumnStatistics known, Optional<Double> analyzed, double looked, double rows) {
        double seen = known.distinctCount().orElse(0);
        double share = 1 - known.nullFraction().orElse(0);
        boolean mostlyUnique = known.mostCommon().isEmpty() && seen > looked * share / 2 && rows > 0;
        double distinct = analyzed.orElse(mostlyUnique ? Math.max(seen, rows * share) : seen);
        return new ColumnStatistics(
                OptionalDouble.of(distinct),
                known.nullFraction(),
                known.min(),
                known.max(),
                known.averageBytes(),
                known.mostCommon(),
                known.histogram());
    }
}
