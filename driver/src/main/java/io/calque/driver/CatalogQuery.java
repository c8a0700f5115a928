package io.calque.driver;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.avatica.ColumnMetaData;

/**
 * A question about metadata: a query of one table of {@code system.jdbc}, whose columns are JDBC's own. Single-threaded.
 *
 * <p>The server narrows by exact names, so that a tool that asks about one table does not move the whole catalog; patterns are
 * matched here, where their escapes mean the same for every server.
 */
final class CatalogQuery {
    private final CalqueConnection connection;
    private final List<String> columns;
    private final StringBuilder sql = new StringBuilder("SELECT ");
    private final List<Object> parameters = new ArrayList<>();
    private final List<Predicate<Object[]>> filters = new ArrayList<>();
    private boolean nothing;

    CatalogQuery(CalqueConnection connection, String table, List<String> columns) {
        this.connection = connection;
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(quoted(columns.get(i)));
        }
        sql.append(" FROM \"system\".\"jdbc\".").append(quoted(table));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /** Where the values of a column stand in a row. */
    int index(String column) {
        return columns.indexOf(column);
    }

    /** Null does not narrow. */
    CatalogQuery equal(String column, Object value) {
        if (value != null) {
            sql.append(parameters.isEmpty() ? " WHERE " : " AND ")
                    .append(quoted(column))
                    .append(" = ?");
            parameters.add(value);
        }
        return this;
    }

    /** A JDBC pattern; null does not narrow. */
    CatalogQuery like(String column, String pattern) {
        NamePattern name = NamePattern.of(pattern);
        if (name.exact() != null) {
            return equal(column, name.exact());
        }
        return name.isAny() ? this : keep(row -> name.matches((String) row[index(column)]));
    }

    CatalogQuery keep(Predicate<Object[]> filter) {
        filters.add(filter);
        return this;
    }

    /**
     * Narrows by catalog and schema pattern, as the tool sees them.
     *
     * @param catalog null for any; empty for tables without one, of which there are none
     */
    CatalogQuery in(String catalogColumn, String catalog, String schemaColumn, String schemaPattern) {
        if ((catalog != null && catalog.isEmpty()) || (schemaPattern != null && schemaPattern.isEmpty())) {
            nothing = true;
            return this;
        }
        if (!connection.isFlat()) {
            return equal(catalogColumn, catalog).like(schemaColumn, schemaPattern);
        }
        nothing |= catalog != null && !catalog.equals(FlatCatalog.NAME);
        NamePattern flat = NamePattern.of(schemaPattern);
        if (flat.exact() != null) {
            return equal(catalogColumn, FlatCatalog.catalog(flat.exact()))
                    .equal(schemaColumn, FlatCatalog.schema(flat.exact()));
        }
        return keep(row -> flat.matches(
                FlatCatalog.schema((String) row[index(catalogColumn)], (String) row[index(schemaColumn)])));
    }

    /** Narrows to one table, as the tool names it; null parts do not narrow. */
    CatalogQuery of(String prefix, String catalog, String schema, String table) {
        if (connection.isFlat()) {
            nothing |= catalog != null && !catalog.isEmpty() && !catalog.equals(FlatCatalog.NAME);
            if (schema != null && !schema.isEmpty()) {
                equal(prefix + "CAT", FlatCatalog.catalog(schema));
                equal(prefix + "SCHEM", FlatCatalog.schema(schema));
            }
        } else {
            equal(prefix + "CAT", emptyToNull(catalog));
            equal(prefix + "SCHEM", emptyToNull(schema));
        }
        return equal(prefix + "NAME", table);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Rows in order, with names as the tool sees them. */
    ResultSet ordered(String... orderBy) throws SQLException {
        for (int i = 0; i < orderBy.length; i++) {
            sql.append(i == 0 ? " ORDER BY " : ", ").append(quoted(orderBy[i]));
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (CalqueResultSet found = (CalqueResultSet) statement.executeQuery()) {
                List<Object[]> rows = nothing ? Collections.emptyList() : kept(found.drain());
                return connection.result(labelled(found.columns()), rows);
            }
        }
    }

    private List<Object[]> kept(List<Object[]> rows) {
        List<Object[]> kept = new ArrayList<>();
        for (Object[] row : rows) {
            if (filters.stream().allMatch(filter -> filter.test(row))) {
                kept.add(connection.isFlat() ? flat(row) : row);
            }
        }
        return kept;
    }

    private Object[] flat(Object[] row) {
        Object[] flat = row.clone();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (name.endsWith("TABLE_CAT") || name.equals("TABLE_CATALOG")) {
                int schema = index(name.equals("TABLE_CATALOG") ? "TABLE_SCHEM" : name.replace("_CAT", "_SCHEM"));
                if (schema >= 0) {
                    flat[schema] = FlatCatalog.schema((String) row[i], (String) row[schema]);
                }
                flat[i] = FlatCatalog.NAME;
            }
        }
        return flat;
    }

    private List<ColumnMetaData> labelled(List<ColumnMetaData> described) {
        List<ColumnMetaData> labelled = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            labelled.add(ResultShape.column(i, columns.get(i), described.get(i).type.id));
        }
        return labelled;
    }
}
