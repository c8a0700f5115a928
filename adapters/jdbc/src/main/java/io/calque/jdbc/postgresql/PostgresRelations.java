package io.calque.jdbc.postgresql;

import io.calque.spi.catalog.TableKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's catalog says, as read: rows grouped by relation, nothing interpreted but kinds.
 *
 * @param byBytes whether the default collation compares bytes
 * @param children tables that inherit from a table, which a read of it reads too; partitions are none
 * @param sequences by column
 */
record PostgresRelations(
        String version,
        String encoding,
        boolean byBytes,
        List<Relation> relations,
        Map<Long, List<Attribute>> attributes,
        Map<Long, List<Constraint>> constraints,
        Map<Long, List<Index>> indexes,
        Map<Long, List<Long>> children,
        Map<Long, Map<Integer, Sequence>> sequences) {

    /**
     * @param rows what {@code reltuples} estimates; empty when never analyzed
     * @param readable whether at least one column may be read
     * @param whole whether all may
     * @param rowSecurity {@code enabled} or {@code forced}; empty for neither
     * @param partitionKey of a partitioned table
     * @param definition of a view
     * @param populated false only for a materialized view that was never filled
     * @param state changes whenever rows were added or changed
     */
    record Relation(
            long oid,
            String schema,
            String name,
            TableKind kind,
            OptionalDouble rows,
            String comment,
            boolean readable,
            boolean whole,
            Optional<String> rowSecurity,
            Optional<String> partitionKey,
            Optional<String> definition,
            boolean populated,
            String state) {}

    /**
     * @param owned whether it belongs to the column
     */
    record Sequence(String name, boolean owned) {}

    /**
     * @param identity {@code a} or {@code d} for an identity column
     * @param generated {@code s} or {@code v} for a generated column
     * @param collation {@code default}, {@code bytes} or {@code other}
     * @param userType of its values or of their elements, where users made it
     * @param dimensions as declared; 0 for no array
     */
    record Attribute(
            int number,
            String name,
            String nativeType,
            String type,
            int modifier,
            Optional<String> element,
            boolean notNull,
            String identity,
            String generated,
            Optional<String> defaultValue,
            String comment,
            String collation,
            boolean readable,
            Optional<String> userType,
            int dimensions) {}

    record Constraint(char kind, String name, List<Integer> columns, long target, List<Integer> targetColumns) {}

    /**
     * @param columns attribute numbers; 0 where an expression stands
     * @param options bit 0 set for descending
     * @param keys how many of the columns are keys, the rest only ride along
     * @param expressions the definition of each key; empty where all keys are columns
     * @param immediate whether uniqueness holds at every moment
     */
    record Index(
            String name,
            String kind,
            boolean unique,
            String condition,
            List<Integer> columns,
            List<Integer> options,
            int keys,
            List<String> expressions,
            boolean immediate) {}

    static PostgresRelations read(Connection connection) throws SQLException {
        String version = "";
        String encoding = "";
        boolean byBytes = false;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.SERVER)) {
            if (row.next()) {
                version = row.getString(1);
                encoding = row.getString(2);
                byBytes = row.getBoolean(3);
            }
        }
        return new PostgresRelations(
                version,
                encoding,
                byBytes,
                relations(connection),
                attributes(connection),
                constraints(connection),
                indexes(connection),
                children(connection),
                sequences(connection));
    }

    private static List<Relation> relations(Connection connection) throws SQLException {
        List<Relation> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.RELATIONS)) {
            while (row.next()) {
                double rows = row.getDouble(5);
                boolean unknown = row.wasNull() || rows < 0;
                found.add(new Relation(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        kind(row.getString(4)),
                        unknown ? OptionalDouble.empty() : OptionalDouble.of(rows),
                        text(row.getString(6)),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        Optional.ofNullable(row.getString(9)),
                        Optional.ofNullable(row.getString(10)),
                        Optional.ofNullable(row.getString(11)).map(String::strip),
                        row.getBoolean(12),
                        text(row.getString(13))));
            }
        }
        return found;
    }

    private static Map<Long, List<Long>> children(Connection connection) throws SQLException {
        Map<Long, List<Long>> found = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.INHERITANCE)) {
            while (row.next()) {
                found.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(row.getLong(2));
            }
        }
        return found;
    }

    private static Map<Long, Map<Integer, Sequence>> sequences(Connection connection) throws SQLException {
        Map<Long, Map<Integer, Sequence>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.SEQUENCES)) {
            while (row.next()) {
                // What a column owns comes after what its default asks, and says more.
                found.computeIfAbsent(row.getLong(1), oid -> new HashMap<>())
                        .put(row.getInt(2), new Sequence(row.getString(3), row.getBoolean(4)));
            }
        }
        return found;
    }

    /** All that inherit from a table, however far. */
    Set<Long> descendants(long oid) {
        Set<Long> found = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(oid));
        while (!open.isEmpty()) {
            for (long child : children.getOrDefault(open.removeFirst(), List.of())) {
                if (found.add(child)) {
                    open.add(child);
                }
            }
        }
        return found;
    }

    private static TableKind kind(String relkind) {
        return switch (relkind) {
            case "p" -> TableKind.PARTITIONED_TABLE;
            case "v" -> TableKind.VIEW;
            case "m" -> TableKind.MATERIALIZED_VIEW;
            case "f" -> TableKind.FOREIGN_TABLE;
            default -> TableKind.TABLE;
        };
    }

    private static Map<Long, List<Attribute>> attributes(Connection connection) throws SQLException {
        Map<Long, List<Attribute>> found = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.COLUMNS)) {
            while (row.next()) {
                Attribute attribute = new Attribute(
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        Optional.ofNullable(row.getString(7)),
                        row.getBoolean(8),
                        text(row.getString(9)),
                        text(row.getString(10)),
                        Optional.ofNullable(row.getString(11)),
                        text(row.getString(12)),
                        row.getString(13),
                        row.getBoolean(14),
                        Optional.ofNullable(row.getString(15)),
                        row.getInt(16));
                found.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(attribute);
            }
        }
        return found;
    }

    private static Map<Long, List<Constraint>> constraints(Connection connection) throws SQLException {
        Map<Long, List<Constraint>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.CONSTRAINTS)) {
            while (row.next()) {
                Constraint constraint = new Constraint(
                        row.getString(2).charAt(0), row.getString(3), numbers(row, 4), row.getLong(5), numbers(row, 6));
                found.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(constraint);
            }
        }
        return found;
    }

    private static Map<Long, List<Index>> indexes(Connection connection) throws SQLException {
        Map<Long, List<Index>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.INDEXES)) {
            while (row.next()) {
                Index index = new Index(
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getString(5),
                        numbers(row, 6),
                        numbers(row, 7),
                        row.getInt(8),
                        texts(row, 9),
                        row.getBoolean(10));
                found.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(index);
            }
        }
        return found;
    }

    private static List<Integer> numbers(ResultSet row, int column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : List.of((Integer[]) array.getArray());
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
