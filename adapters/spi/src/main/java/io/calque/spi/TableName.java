package io.calque.spi;

import java.util.List;

/**
 * A table in one source.
 *
 * @param source the owning source
 * @param schema PostgreSQL schema, MongoDB database, SQLite {@code main} or an attached name; the source's own spelling
 * @param table the table's name as SQL sees it; a MongoDB child table is {@code collection.path}, with a literal dot
 */
public record TableName(SourceId source, String schema, String table) implements Comparable<TableName> {
    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("empty part in table name of source " + source);
        }
    }

    /** Catalog, schema, table. */
    public List<String> path() {
        return List.of(source.value(), schema, table);
    }

    @Override
    public int compareTo(TableName other) {
        int bySource = source.compareTo(other.source);
        if (bySource != 0) {
            return bySource;
        }
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** Dotted and unquoted: for messages, not for parsing. */
    @Override
    public String toString() {
        return source + "." + schema + "." + table;
    }
}
