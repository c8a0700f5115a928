package io.calque.testkit.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes random tables into a database that speaks SQL. Stateless. */
final class SqlTables {
    private SqlTables() {}

    /** How a column is declared. */
    interface Declaration extends Function<FuzzColumn, String> {}

    /** A value as the driver takes it. */
    interface Binding extends BiFunction<FuzzColumn, Object, Object> {}

    static void create(Connection connection, FuzzTable table, Declaration declaration) throws SQLException {
        String columns = table.columns().stream()
                .map(c -> quoted(c.name()) + " " + declaration.apply(c))
                .collect(Collectors.joining(", "));
        String key = table.key().stream().map(c -> quoted(c.name())).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + table.name());
            statement.execute("CREATE TABLE " + table.name() + " (" + columns + ", PRIMARY KEY (" + key + "))");
            if (table.indexed().isPresent()) {
                statement.execute("CREATE INDEX " + table.name() + "_i ON " + table.name() + " ("
                        + quoted(table.indexed().get()) + ")");
            }
        }
    }

    static void fill(
            Connection connection, FuzzTable table, String name, Function<FuzzColumn, String> slot, Binding binding)
            throws SQLException {
        connection.setAutoCommit(false);
        String slots = table.columns().stream().map(slot).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO " + name + " VALUES (" + slots + ")")) {
            statement.execute("DELETE FROM " + name);
            for (List<@Nullable Object> row : table.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    Object value = row.get(i);
                    insert.setObject(
                            i + 1,
                            value == null ? null : binding.apply(table.columns().get(i), value));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String postgresSlot(FuzzColumn column) {
        return switch (column.storage()) {
            case PG_TIMESTAMP -> "?::timestamp";
            case PG_TIMESTAMPTZ -> "?::timestamptz";
            case PG_TIME -> "?::time";
            case PG_UUID -> "?::uuid";
            default -> "?";
        };
    }

    /** Microseconds that the engine must cut. */
    static Object inPostgres(FuzzColumn column, Object value) {
        long micros = Math.floorMod(value.hashCode(), 3) * 499L;
        if (value instanceof LocalDateTime time) {
            return time.plusNanos(micros * 1000).toString();
        }
        if (value instanceof LocalTime time) {
            return time.plusNanos(micros * 1000).toString();
        }
        if (value instanceof Instant instant) {
            return instant.plusNanos(micros * 1000).toString();
        }
        if (column.storage() == Storage.PG_UUID) {
            return UUID.fromString(value.toString()).toString();
        }
        return value;
    }

    /** Dates and times are texts, with as many digits as they need. */
    static Object inSqlite(FuzzColumn column, Object value) {
        if (value instanceof LocalDateTime time) {
            return time.toLocalDate() + (value.hashCode() % 2 == 0 ? " " : "T") + text(time.toLocalTime());
        }
        if (value instanceof LocalTime time) {
            return text(time);
        }
        boolean asText = value instanceof java.time.LocalDate
                || value instanceof Instant
                || value instanceof java.math.BigDecimal;
        return asText ? value.toString() : value;
    }

    private static String text(LocalTime time) {
        return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
    }
}
