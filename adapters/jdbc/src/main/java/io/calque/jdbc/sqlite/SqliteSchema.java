package io.calque.jdbc.sqlite;

import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.catalog.TableKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one schema of a SQLite file says of itself, as read from the pragma tables.
 *
 * @param broken why a relation cannot be described, by its name
 */
record SqliteSchema(
        String name,
        List<Relation> relations,
        Map<String, List<Column>> columns,
        Map<String, List<ForeignKey>> foreignKeys,
        Map<String, List<Index>> indexes,
        Map<String, String> broken) {

    /**
     * @param withoutRowid its primary key is the table
     * @param strict it keeps only values of the declared types
     * @param rows from ANALYZE; empty without
     */
    record Relation(
            String name, TableKind kind, boolean withoutRowid, boolean strict, String sql, OptionalDouble rows) {}

    /**
     * @param keyPosition from 1 within the primary key; 0 outside
     * @param generated {@code stored} or {@code virtual}; empty for neither
     */
    record Column(
            String name,
            String declared,
            boolean notNull,
            Optional<String> defaultValue,
            int keyPosition,
            String generated) {}

    record ForeignKey(int id, String target, List<String> columns, List<String> targetColumns) {}

    record IndexPart(Optional<String> column, boolean descending, String collation) {}

    /**
     * @param origin {@code c} created, {@code u} for a unique constraint, {@code pk} for the primary key
     */
    record Index(String name, boolean unique, String origin, boolean partial, String sql, List<IndexPart> parts) {}

    static SqliteSchema read(Connection connection, String schema) throws SQLException {
        List<Relation> relations = relations(connection, schema, counts(connection, schema));
        Map<String, String> broken = new LinkedHashMap<>();
        return new SqliteSchema(
                schema,
                relations,
                columns(connection, schema, relations, broken),
                foreignKeys(connection, schema),
                indexes(connection, schema),
                broken);
    }

    private static String master(String schema) {
        return Identifiers.quoted(schema) + ".sqlite_schema";
    }

    /** The first number of a table's line in {@code sqlite_stat1} is its row count when ANALYZE ran. */
    private static Map<String, Double> counts(Connection connection, String schema) throws SQLException {
        Map<String, Double> counts = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT 1 FROM " + master(schema) + " WHERE name = 'sqlite_stat1' AND type = 'table'")) {
                if (!row.next()) {
                    return counts;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT tbl, max(CAST(stat AS INTEGER)) FROM "
                    + Identifiers.quoted(schema) + ".sqlite_stat1 GROUP BY tbl")) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getDouble(2));
                }
            }
        }
        return counts;
    }

    private static List<Relation> relations(Connection connection, String schema, Map<String, Double> counts)
            throws SQLException {
        List<Relation> found = new ArrayList<>();
        String sql = "SELECT m.name, l.type, l.wr, l.strict, m.sql FROM " + master(schema)
                + " AS m JOIN pragma_table_list AS l ON l.name = m.name AND l.schema = '" + schema.replace("'", "''")
                + "' WHERE m.type IN ('table', 'view') AND l.type <> 'shadow' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " ORDER BY m.name";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                String name = row.getString(1);
                Double rows = counts.get(name);
                found.add(new Relation(
                        name,
                        kind(row.getString(2)),
                        row.getInt(3) != 0,
                        row.getInt(4) != 0,
                        text(row.getString(5)),
                        rows == null ? OptionalDouble.empty() : OptionalDouble.of(rows)));
            }
        }
        return found;
    }

    private static TableKind kind(String type) {
        return switch (type) {
            case "view" -> TableKind.VIEW;
            case "virtual" -> TableKind.VIRTUAL_TABLE;
            default -> TableKind.TABLE;
        };
    }

    /** One relation after the other: a view over a table that is gone, or a module that is not loaded, fails alone. */
    private static Map<String, List<Column>> columns(
            Connection connection, String schema, List<Relation> relations, Map<String, String> broken) {
        Map<String, List<Column>> found = new LinkedHashMap<>();
        // Hidden: 1 is a virtual table's own argument, 2 and 3 are generated columns.
        String sql =
                "SELECT c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden FROM pragma_table_xinfo(?, ?) AS c"
                        + " WHERE c.hidden <> 1 ORDER BY c.cid";
        for (Relation relation : relations) {
            // A statement that has failed once runs no more.
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                found.put(relation.name(), columns(statement, schema, relation));
            } catch (SQLException e) {
                broken.put(relation.name(), SqliteFailures.reason(e));
            }
        }
        return found;
    }

    private static List<Column> columns(PreparedStatement statement, String schema, Relation relation)
            throws SQLException {
        List<Column> found = new ArrayList<>();
        statement.setString(1, relation.name());
        statement.setString(2, schema);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Column(
                        row.getString(1),
                        text(row.getString(2)),
                        row.getInt(3) != 0,
                        Optional.ofNullable(row.getString(4)),
                        row.getInt(5),
                        row.getInt(6) < 2 ? "" : row.getInt(6) == 2 ? "virtual" : "stored"));
            }
        }
        return found;
    }

    private static Map<String, List<ForeignKey>> foreignKeys(Connection connection, String schema) throws SQLException {
        Map<String, List<ForeignKey>> found = new LinkedHashMap<>();
        String sql = "SELECT m.name, k.id, k.\"table\", k.\"from\", k.\"to\" FROM " + master(schema)
                + " AS m, pragma_foreign_key_list(m.name, '" + schema.replace("'", "''") + "') AS k"
                + " WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<ForeignKey> keys = found.computeIfAbsent(row.getString(1), name -> new ArrayList<>());
                int id = row.getInt(2);
                if (keys.isEmpty() || keys.get(keys.size() - 1).id() != id) {
                    keys.add(new ForeignKey(id, row.getString(3), new ArrayList<>(), new ArrayList<>()));
                }
                ForeignKey key = keys.get(keys.size() - 1);
                key.columns().add(row.getString(4));
                String target = row.getString(5);
                if (target != null) {
                    key.targetColumns().add(target);
                }
            }
        }
        return found;
    }

    private static Map<String, List<Index>> indexes(Connection connection, String schema) throws SQLException {
        Map<String, List<Index>> found = new LinkedHashMap<>();
        String quoted = "'" + schema.replace("'", "''") + "'";
        String sql = "SELECT m.name, i.name, i.\"unique\", i.origin, i.partial, p.name, p.\"desc\", p.coll, x.sql FROM "
                + master(schema) + " AS m, pragma_index_list(m.name, " + quoted
                + ") AS i, pragma_index_xinfo(i.name, " + quoted + ") AS p LEFT JOIN " + master(schema)
                + " AS x ON x.type = 'index' AND x.name = i.name"
                + " WHERE m.type = 'table' AND p.key = 1 ORDER BY m.name, i.name, p.seqno";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<Index> indexes = found.computeIfAbsent(row.getString(1), name -> new ArrayList<>());
                String name = row.getString(2);
                if (indexes.isEmpty() || !indexes.get(indexes.size() - 1).name().equals(name)) {
                    indexes.add(new Index(
                            name,
                            row.getInt(3) != 0,
                            row.getString(4),
                            row.getInt(5) != 0,
                            text(row.getString(9)),
                            new ArrayList<>()));
                }
                indexes.get(indexes.size() - 1)
                        .parts()
                        .add(new IndexPart(
                                Optional.ofNullable(row.getString(6)), row.getInt(7) != 0, text(row.getString(8))));
            }
        }
        return found;
    }

    /** Whether some text here may compare by a collation other than BINARY: SQLite names them only in the SQL it keeps. */
    boolean mentionsCollation() {
        return relations.stream().anyMatch(r -> mentionsCollation(r.sql()));
    }

    static boolean mentionsCollation(String sql) {
        return sql.toUpperCase(Locale.ROOT).contains("COLLATE");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
