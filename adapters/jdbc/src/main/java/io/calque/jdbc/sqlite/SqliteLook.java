package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.sqlite.SqliteSchema.Column;
import io.calque.jdbc.sqlite.SqliteSchema.Relation;
import io.calque.jdbc.sqlite.SqliteTypes.Reading;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A bounded look at the first rows of a table: what columns without a declared type hold, and which declared types their values deny. A table
 * imported from a spreadsheet declares INTEGER and holds '' or 'n/a'; it is read as text then, rather than not at all.
 */
final class SqliteLook {
    private static final int ROWS = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Connection connection;
    private final SqliteSchema schema;

    SqliteLook(Connection connection, SqliteSchema schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * By name, the columns whose declared type does not say how they are read. Declared types of views are not doubted: to compute their rows may
     * take long.
     *
     * @throws SQLException when the relation cannot be read
     */
    Map<String, Reading> at(Relation relation, List<Column> columns) throws SQLException {
        Map<String, Seen> looked = new LinkedHashMap<>();
        for (Column column : columns) {
            Optional<Reading> declared = SqliteTypes.of(column.declared());
            boolean doubted = relation.kind() == TableKind.TABLE
                    && !relation.strict()
                    && declared.filter(SqliteLook::maybeDenied).isPresent();
            if (declared.isEmpty() || doubted) {
                looked.put(column.name(), new Seen(declared, new TreeSet<>()));
            }
        }
        if (!looked.isEmpty()) {
            look(relation, looked);
        }
        Map<String, Reading> found = new LinkedHashMap<>();
        looked.forEach((name, seen) -> seen.reading().ifPresent(reading -> found.put(name, reading)));
        return found;
    }

    private static boolean maybeDenied(Reading declared) {
        return switch (declared.type().kind()) {
            case VARCHAR, VARBINARY -> false;
            default -> true;
        };
    }

    private void look(Relation relation, Map<String, Seen> looked) throws SQLException {
        List<String> values = looked.entrySet().stream()
                .flatMap(e -> List.of(
                        "typeof(" + Identifiers.quoted(e.getKey()) + ")",
                        e.getValue().declared().isEmpty() ? "NULL" : Identifiers.quoted(e.getKey()))
                        .stream())
                .toList();
        try (SqliteDeadline deadline = SqliteDeadline.in(connection, LONGEST);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + String.join(", ", values) + " FROM "
                        + Identifiers.quoted(schema.name(), relation.name()) + " LIMIT " + ROWS)) {
            while (row.next()) {
                int i = 1;
                for (Seen seen : looked.values()) {
                    seen.add(row.getString(i), row, i + 1);
                    i += 2;
                }
            }
        } catch (SQLException e) {
            if (!SqliteDeadline.passed(e)) {
                throw e;
            }
        }
    }

    /**
     * What is seen of a column.
     *
     * @param classes the storage classes, as {@code typeof} names them; of a declared column those of values that deny the type
     */
    private record Seen(Optional<Reading> declared, TreeSet<String> classes) {
        void add(String storage, ResultSet row, int value) throws SQLException {
            if (storage.equals("null")) {
                return;
            }
            if (declared.isEmpty() || denied(declared.get().type(), storage, row, value)) {
                classes.add(storage);
            }
        }

        private static boolean denied(DataType type, String storage, ResultSet row, int value) throws SQLException {
            return switch (type.kind()) {
                case BOOLEAN -> !storage.equals("integer") || row.getLong(value) >>> 1 != 0;
                case BIGINT ->
                    storage.equals("text")
                            || storage.equals("real") && row.getDouble(value) != Math.rint(row.getDouble(value));
                case DOUBLE, DECIMAL -> storage.equals("text");
                case DATE ->
                    storage.equals("text")
                            && SqliteTimes.days(row.getString(value)).isEmpty();
                case TIME ->
                    storage.equals("text")
                            && SqliteTimes.ofDay(row.getString(value)).isEmpty();
                case TIMESTAMP, TIMESTAMP_TZ ->
                    storage.equals("text")
                            && SqliteTimes.millis(row.getString(value)).isEmpty();
                default -> false;
            };
        }

        /** Of a declared column another than the declared one, or none. */
        Optional<Reading> reading() {
            if (declared.isEmpty()) {
                return Optional.of(SqliteTypes.observed(classes));
            }
            if (classes.isEmpty() || classes.contains("blob")) {
                return Optional.empty();
            }
            return Optional.of(
                    classes.contains("text")
                            ? new Reading(DataType.VARCHAR, Form.NATIVE)
                            : SqliteTypes.observed(classes));
        }
    }
}
