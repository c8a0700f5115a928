package io.calque.benchmarks.fragments;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fragment in SQL on a connection of its own: values go as an array to PostgreSQL, as a JSON array to SQLite. PostgreSQL is read
 * without a cursor, through which it would run no parallel plan. Single-threaded.
 */
final class SqlFetch implements AutoCloseable {
    private final Connection connection;
    private final Fragment.Template template;
    private final boolean postgres;

    SqlFetch(Connection connection, Fragment fragment) {
        this.connection = connection;
        this.template = fragment.template("?");
        this.postgres = fragment.source().equals("pg");
    }

    Rows fetch(Function<Fragment.Slot, Collection<Object>> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(template.text())) {
            for (int i = 0; i < template.slots().size(); i++) {
                Collection<Object> given = values.apply(template.slots().get(i));
                if (postgres) {
                    statement.setArray(i + 1, connection.createArrayOf(type(given), given.toArray()));
                } else {
                    statement.setString(i + 1, json(given));
                }
            }
            try (ResultSet results = statement.executeQuery()) {
                return read(results);
            }
        }
    }

    private static Rows read(ResultSet results) throws SQLException {
        ResultSetMetaData description = results.getMetaData();
        int width = description.getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
            columns.add(description.getColumnLabel(column));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        while (results.next()) {
            @Nullable Object[] row = new @Nullable Object[width];
            for (int column = 0; column < width; column++) {
                row[column] = results.getObject(column + 1);
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }

    private static String type(Collection<Object> values) {
        Object first = values.isEmpty() ? Long.valueOf(0) : values.iterator().next();
        return first instanceof String ? "text" : first instanceof BigDecimal ? "numeric" : "bigint";
    }

    private static String json(Collection<Object> values) {
        return values.stream()
                .map(value -> value instanceof Number ? value.toString() : '"' + value.toString() + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
