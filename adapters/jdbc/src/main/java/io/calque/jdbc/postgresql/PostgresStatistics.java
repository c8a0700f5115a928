package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statistics of tables: what ANALYZE left in {@code pg_stats} where it ran, else a bounded look at the rows. What the server refuses
 * is left unknown. Belongs to one thread.
 */
final class PostgresStatistics {
    private static final Pattern PLANNED_ROWS = Pattern.compile("\"Plan Rows\":\\s*(\\d+)");
    /** A view's rows may cost anything. */
    private static final Budget VIEW = new Budget(1_000, java.time.Duration.ofSeconds(1));

    private static final int FETCHED_AT_ONCE = 2_000;

    private final Connection connection;
    private final Clock clock;

    PostgresStatistics(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * What ANALYZE left, of the tables that were not rewritten since. A rewrite keeps the figures of the columns and forgets the number of
     * rows, for which the server's counters stand in, and these see some rows twice: such a table is measured.
     */
    Map<TableName, TableStatistics> analyzed(List<TableDescriptor> tables) throws SQLException {
        Set<List<String>> rewritten = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.NOT_ANALYZED)) {
            while (row.next()) {
                rewritten.add(List.of(row.getString(1), row.getString(2)));
            }
        }
        return recorded(tables.stream()
                .filter(t ->
                        !rewritten.contains(List.of(t.name().schema(), t.name().table())))
                .toList());
    }

    /** Of all tables whose rows were counted and whose columns were analyzed; one query. */
    private Map<TableName, TableStatistics> recorded(List<TableDescriptor> tables) throws SQLException {
        Map<String, Map<String, TableDescriptor>> wanted = new TreeMap<>();
        for (TableDescriptor table : tables) {
            if (table.statistics().rowCount().isPresent()) {
                wanted.computeIfAbsent(table.name().schema(), schema -> new HashMap<>())
                        .put(table.name().table(), table);
            }
        }
        Map<TableName, TreeMap<String, ColumnStatistics>> found = new HashMap<>();
        String[] schemas = wanted.keySet().toArray(String[]::new);
        String[] names = wanted.values().stream()
                .flatMap(of -> of.keySet().stream())
                .distinct()
                .toArray(String[]::new);
        try (PreparedStatement statement = connection.prepareStatement(PostgresCatalogQueries.STATISTICS)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            statement.setArray(1, connection.createArrayOf("name", schemas));
            statement.setArray(2, connection.createArrayOf("name", names));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TableDescriptor table =
                            wanted.getOrDefault(row.getString(1), Map.of()).get(row.getString(2));
                    String name = row.getString(3);
                    ColumnDescriptor column =
                            table == null ? null : table.column(name).orElse(null);
                    if (table != null && column != null) {
                        double rows = table.statistics().rowCount().orElse(0);
                        found.computeIfAbsent(table.name(), key -> new TreeMap<>())
                                .put(name, PostgresColumnStatistics.of(row, column, rows));
                    }
                }
            }
        }
        Instant now = clock.instant();
        Map<TableName, TableStatistics> statistics = new HashMap<>();
        for (TableDescriptor table : tables) {
            TreeMap<String, ColumnStatistics> columns = found.get(table.name());
            if (columns != null) {
                statistics.put(
                        table.name(), new TableStatistics(table.statistics().rowCount(), Optional.of(now), columns));
            }
        }
        return statistics;
    }

    TableStatistics measure(TableDescriptor table, Budget given) throws SQLException {
        boolean view = table.kind() == TableKind.VIEW || table.kind() == TableKind.FOREIGN_TABLE;
        Budget budget = view ? new Budget(Math.min(VIEW.rows(), given.rows()), shorter(VIEW, given)) : given;
        OptionalDouble rows = attempt(() -> view ? planned(table) : rows(table, budget));
        if (rows.isEmpty()) {
            return new TableStatistics(rows, Optional.of(clock.instant()), new TreeMap<>());
        }
        TableDescriptor counted = table.withStatistics(new TableStatistics(rows, Optional.empty(), new TreeMap<>()));
        TableStatistics recorded = recorded(List.of(counted)).get(table.name());
        if (recorded != null) {
            return recorded;
        }
        TreeMap<String, ColumnStatistics> columns = new TreeMap<>();
        if (view) {
            limit(budget);
        }
        OptionalDouble seen = attempt(() -> sample(table, budget, rows.getAsDouble(), columns));
        boolean all = seen.isPresent() && seen.getAsDouble() < budget.rows();
        return new TableStatistics(all ? seen : rows, Optional.of(clock.instant()), columns);
    }

    private static java.time.Duration shorter(Budget one, Budget other) {
        return one.time().compareTo(other.time()) < 0 ? one.time() : other.time();
    }

    private void limit(Budget budget) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL statement_timeout = " + Math.max(1, budget.time().toMillis()));
        }
    }

    @FunctionalInterface
    private interface Figure {
        OptionalDouble get() throws SQLException;
    }

    /** What cannot be read, or not in time, is unknown; the transaction goes on. */
    private OptionalDouble attempt(Figure figure) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return figure.get();
        } catch (SQLException e) {
            connection.rollback(before);
            return OptionalDouble.empty();
        }
    }

    /**
     * @param rows empty when the server has no figure
     * @param analyzed whether it is ANALYZE's; the counters, which stand in for it after a rewrite, see some rows twice
     */
    private record Known(OptionalDouble rows, boolean analyzed) {}

    /** ANALYZE's figure where there is one; else counted up to the budget, beyond it the counters', beyond those while the time allows. */
    private OptionalDouble rows(TableDescriptor table, Budget budget) throws SQLException {
        Known known = known(table);
        if (known.analyzed()) {
            return known.rows();
        }
        OptionalDouble few = attempt(() -> number(
                "SELECT count(*) FROM (SELECT 1 FROM " + name(table) + " LIMIT " + (budget.rows() + 1) + ") AS few"));
        if (few.isPresent() && few.getAsDouble() <= budget.rows()) {
            return few;
        }
        if (known.rows().isPresent()) {
            return known.rows();
        }
        OptionalDouble all = attempt(() -> number("SELECT count(*) FROM " + name(table)));
        return all.isPresent() ? all : few;
    }

    private Known known(TableDescriptor table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PostgresCatalogQueries.ROW_COUNT)) {
            statement.setString(1, name(table));
            try (ResultSet row = statement.executeQuery()) {
                double rows = row.next() ? row.getDouble(1) : 0;
                OptionalDouble figure = row.wasNull() || rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(rows);
                return new Known(figure, figure.isPresent() && row.getBoolean(2));
            }
        }
    }

    /** What PostgreSQL's own planner expects: nothing is read. */
    private OptionalDouble planned(TableDescriptor table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) SELECT * FROM " + name(table))) {
            Matcher rows = PLANNED_ROWS.matcher(row.next() ? row.getString(1) : "");
            return rows.find() ? OptionalDouble.of(Double.parseDouble(rows.group(1))) : OptionalDouble.empty();
        }
    }

    /** How many rows were looked at. */
    private OptionalDouble sample(
            TableDescriptor table, Budget budget, double rows, TreeMap<String, ColumnStatistics> columns)
            throws SQLException {
        List<String> parts = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            String name = Identifiers.quoted(column.name());
            parts.add("count(" + name + "), count(DISTINCT CAST(" + name + " AS text)), avg(pg_column_size(" + name
                    + "))");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), " + String.join(", ", parts)
                        + " FROM (SELECT * FROM " + name(table) + " LIMIT " + budget.rows() + ") AS sample")) {
            double seen = row.next() ? row.getDouble(1) : 0;
            for (int i = 0; i < table.columns().size() && seen > 0; i++) {
                columns.put(
                        table.columns().get(i).name(),
                        PostgresColumnStatistics.sampled(
                                seen,
                                row.getDouble(3 * i + 2),
                                row.getDouble(3 * i + 3),
                                row.getDouble(3 * i + 4),
                                seen < budget.rows() ? seen : rows));
            }
            return OptionalDouble.of(seen);
        }
    }

    private OptionalDouble number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? OptionalDouble.of(row.getDouble(1)) : OptionalDouble.empty();
        }
    }

    private static String name(TableDescriptor table) {
        return Identifiers.quoted(table.name().schema(), table.name().table());
    }
}
