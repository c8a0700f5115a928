package io.calque.jdbc.pool;

/** Names as PostgreSQL and SQLite both quote them. */
public final class Identifiers {
    private Identifiers() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String quoted(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }
}
