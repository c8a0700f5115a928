package io.calque.app.avatica;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about metadata, as a query of the {@code system.jdbc} tables.
 *
 * @param parameters of the query, in order
 */
record MetadataRequest(String sql, List<@Nullable Object> parameters) {
    static Builder of(String table, List<String> columns) {
        return new Builder(table, columns);
    }

    /** Single-threaded. */
    static final class Builder {
        private final StringBuilder sql = new StringBuilder("SELECT ");
        private final List<@Nullable Object> parameters = new ArrayList<>();
        private String joint = " WHERE ";

        private Builder(String table, List<String> columns) {
            for (String column : columns) {
                sql.append(sql.length() == 7 ? "" : ", ").append(quoted(column));
            }
            sql.append(" FROM \"system\".\"jdbc\".").append(quoted(table));
        }

        private static String quoted(String name) {
            return '"' + name + '"';
        }

        /** An exact name; null does not narrow. */
        Builder equal(String column, @Nullable String value) {
            if (value != null) {
                sql.append(joint).append(quoted(column)).append(" = ?");
                parameters.add(value);
                joint = " AND ";
            }
            return this;
        }

        /** A JDBC pattern, where {@code \} escapes; null and {@code %} do not narrow. */
        Builder like(String column, @Nullable String pattern) {
            if (pattern == null || pattern.equals("%")) {
                return this;
            }
            sql.append(joint).append(quoted(column)).append(" LIKE ? ESCAPE '\\'");
            parameters.add(pattern);
            joint = " AND ";
            return this;
        }

        Builder oneOf(String column, @Nullable List<String> values) {
            if (values == null) {
                return this;
            }
            sql.append(joint).append(quoted(column)).append(" IN (");
            for (int i = 0; i < values.size(); i++) {
                sql.append(i == 0 ? "?" : ", ?");
                parameters.add(values.get(i));
            }
            // no type is asked for: nothing is found
            sql.append(values.isEmpty() ? "''" : "").append(')');
            joint = " AND ";
            return this;
        }

        MetadataRequest orderBy(String... columns) {
            for (int i = 0; i < columns.length; i++) {
                sql.append(i == 0 ? " ORDER BY " : ", ").append(quoted(columns[i]));
            }
            return new MetadataRequest(sql.toString(), parameters);
        }
    }
}
