package io.calque.app.client;

import io.calque.app.config.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system tables what is out there, so that a server elsewhere and the engine here are described by the same words.
 * Single-threaded, as its client.
 */
public final class CatalogQueries {
    private final QueryClient client;

    public CatalogQueries(QueryClient client) {
        this.client = client;
    }

    /** Sorted by name. */
    public List<SourceLine> sources() {
        return rows(
                        "SELECT source, kind, product, status, table_count, last_error, age_seconds FROM system.system.sources")
                .stream()
                .map(row -> new SourceLine(
                        text(row, 0),
                        text(row, 1),
                        text(row, 2),
                        text(row, 3),
                        number(row, 4),
                        optional(row, 5),
                        row.get(6) == null ? Optional.empty() : Optional.of(Duration.ofSeconds(number(row, 6)))))
                .sorted(Comparator.comparing(SourceLine::name))
                .toList();
    }

    /** Tables of all sources and views, sorted by name. */
    public List<TableLine> tables() {
        Stream<TableLine> tables = rows(
                        "SELECT source, schema_name, table_name, kind, column_count, row_count FROM system.system.tables")
                .stream()
                .map(row -> new TableLine(
                        text(row, 0),
                        text(row, 1),
                        text(row, 2),
                        text(row, 3).replace('_', ' '),
                        Optional.of(number(row, 4)),
                        row.get(5) == null ? Optional.empty() : Optional.of(number(row, 5))));
        return Stream.concat(tables, views().stream())
                .sorted(Comparator.comparing(TableLine::fullName))
                .toList();
    }

    /** What {@code CREATE VIEW} made, sorted by name. */
    public List<TableLine> views() {
        return rows("SELECT view_name FROM system.system.views").stream()
                .map(row -> new TableLine("calque", "views", text(row, 0), "view", Optional.empty(), Optional.empty()))
                .sorted(Comparator.comparing(TableLine::fullName))
                .toList();
    }

    /** Every column of every source's tables, in order. */
    public List<ColumnName> columnNames() {
        return rows("SELECT source, schema_name, table_name, column_name FROM system.system.columns").stream()
                .map(row -> new ColumnName(text(row, 0), text(row, 1), text(row, 2), text(row, 3)))
                .toList();
    }

    /**
     * Finds the one table that is meant by a name of one to three parts, compared without case.
     *
     * @throws QueryException TABLE_NOT_FOUND with the nearest name, TABLE_AMBIGUOUS with the choices
     */
    public TableLine find(String name) {
        String wanted = name.replace("\"", "");
        List<TableLine> all = tables();
        for (Predicate<TableLine> rank : List.<Predicate<TableLine>>of(
                table -> table.fullName().equalsIgnoreCase(wanted),
                table -> table.shortName().equalsIgnoreCase(wanted)
                        || (table.schema() + "." + table.name()).equalsIgnoreCase(wanted),
                table -> table.name().equalsIgnoreCase(wanted))) {
            List<TableLine> found = all.stream().filter(rank).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (found.size() > 1) {
                throw new QueryException(
                        ErrorCode.TABLE_AMBIGUOUS,
                        "'" + name + "' may be "
                                + String.join(
                                        " or ",
                                        found.stream().map(TableLine::fullName).toList()));
            }
        }
        List<String> known = all.stream()
                .flatMap(table -> Stream.of(table.fullName(), table.shortName(), table.name()))
                .distinct()
                .toList();
        throw new QueryException(
                ErrorCode.TABLE_NOT_FOUND, "No table is called '" + name + "'." + NearestName.hint(name, known));
    }

    /** Everything known of one table. */
    public TableDetails describe(TableLine table) {
        if (table.kind().equals("view") && table.source().equals("calque")) {
            return new TableDetails(table, viewColumns(table), List.of(), List.of(), List.of());
        }
        String where = " WHERE source = " + literal(table.source()) + " AND schema_name = " + literal(table.schema())
                + " AND table_name = " + literal(table.name());
        List<ColumnLine> columns = rows(
                        "SELECT ordinal_position, column_name, data_type, native_type, is_nullable, comment"
                                + " FROM system.system.columns" + where)
                .stream()
                .sorted(Comparator.comparing(row -> number(row, 0)))
                .map(row -> new ColumnLine(text(row, 1), text(row, 2), text(row, 3), truth(row, 4), text(row, 5)))
                .toList();
        return new TableDetails(table, columns, keys(where), foreignKeys(where), indexes(where));
    }

    private List<ColumnLine> viewColumns(TableLine view) {
        try (Answer answer = client.run("SELECT * FROM " + quoted(view.source()) + "." + quoted(view.schema()) + "."
                + quoted(view.name()) + " LIMIT 0")) {
            return answer.columns().stream()
                    .map(column -> new ColumnLine(column.label(), column.type(), "", true, ""))
                    .toList();
        }
    }

    private List<String> keys(String where) {
        return grouped(rows("SELECT key_name, ordinal_position, column_name, kind FROM system.system.keys" + where))
                .stream()
                .map(key -> text(key.get(0), 3).toLowerCase(Locale.ROOT).replace("_", " ") + " key " + columns(key, 2))
                .toList();
    }

    private List<String> foreignKeys(String where) {
        return grouped(rows("SELECT key_name, ordinal_position, column_name, target_source, target_schema,"
                        + " target_table, target_column FROM system.system.foreign_keys" + where))
                .stream()
                .map(key -> columns(key, 2) + " references " + text(key.get(0), 3) + "." + text(key.get(0), 4) + "."
                        + text(key.get(0), 5) + " " + columns(key, 6))
                .toList();
    }

    private List<String> indexes(String where) {
        return grouped(rows("SELECT index_name, ordinal_position, column_name, kind, is_unique"
                        + " FROM system.system.indexes" + where))
                .stream()
                .map(index -> text(index.get(0), 0) + " " + text(index.get(0), 3)
                        + (truth(index.get(0), 4) ? " unique " : " ") + columns(index, 2))
                .toList();
    }

    /** Rows of one name together, in the order of their second column. */
    private static List<List<List<@Nullable Object>>> grouped(List<List<@Nullable Object>> rows) {
        List<List<List<@Nullable Object>>> groups = new ArrayList<>();
        rows.stream()
                .sorted(Comparator.<List<@Nullable Object>, String>comparing(row -> text(row, 0))
                        .thenComparing(row -> number(row, 1)))
                .forEach(row -> {
                    if (number(row, 1) <= 1 || groups.isEmpty()) {
                        groups.add(new ArrayList<>());
                    }
                    groups.get(groups.size() - 1).add(row);
                });
        return groups;
    }

    private static String columns(List<List<@Nullable Object>> rows, int column) {
        return "("
                + String.join(", ", rows.stream().map(row -> text(row, column)).toList()) + ")";
    }

    private List<List<@Nullable Object>> rows(String sql) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private static String text(List<@Nullable Object> row, int column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    private static Optional<String> optional(List<@Nullable Object> row, int column) {
        return Optional.ofNullable(row.get(column)).map(Object::toString);
    }

    private static long number(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number ? Math.round(number.doubleValue()) : 0;
    }

    private static boolean truth(List<@Nullable Object> row, int column) {
        Object value = row.get(column);
        return Boolean.TRUE.equals(value) || value instanceof Number number && number.intValue() != 0;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * @param lastError why it failed the last time it did
     * @param age of what is known of it; empty when nothing is
     */
    public record SourceLine(
            String name,
            String kind,
            String product,
            String status,
            long tables,
            Optional<String> lastError,
            Optional<Duration> age) {}

    /**
     * @param columns how many; empty when not known without asking
     * @param rows estimated; empty when unknown
     */
    public record TableLine(
            String source, String schema, String name, String kind, Optional<Long> columns, Optional<Long> rows) {
        public String fullName() {
            return source + "." + schema + "." + name;
        }

        /** Without the schema. */
        public String shortName() {
            return source + "." + name;
        }
    }

    public record ColumnName(String source, String schema, String table, String column) {}

    public record ColumnLine(String name, String type, String nativeType, boolean nullable, String comment) {}

    /** Keys and indexes are sentences for people. */
    public record TableDetails(
            TableLine table,
            List<ColumnLine> columns,
            List<String> keys,
            List<String> foreignKeys,
            List<String> indexes) {
        public TableDetails {
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
            foreignKeys = List.copyOf(foreignKeys);
            indexes = List.copyOf(indexes);
        }
    }
}
