package io.calque.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.SqliteFile;
import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.torture.CatalogText;
import io.calque.jdbc.torture.EngineText;
import io.calque.jdbc.torture.GoldenFile;
import io.calque.jdbc.torture.TortureScript;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that SQLite has, in one file with another attached: what introspection says of it, and every value of every column. */
class SqliteTortureIT {
    private static final Map<String, String> STORAGE = Map.of(
            "storage.main.kept_as_numbers.seconds", "unix",
            "storage.main.kept_as_numbers.millis", "unix_ms",
            "storage.main.kept_as_numbers.julian", "julian",
            "storage.main.kept_as_numbers.day", "unix",
            "type.main.kept_as_numbers.day", "DATE");

    private static SqliteFile file;
    private static SqliteFile other;
    private static Connection plain;
    private static Source source;
    private static Observation seen;

    @BeforeAll
    static void create() throws Exception {
        file = TestServers.newSqliteFile();
        other = TestServers.newSqliteFile();
        plain = file.connect();
        try (Statement statement = plain.createStatement()) {
            statement.execute("ATTACH DATABASE '" + other.path() + "' AS other");
        }
        TortureScript.run("sqlite.sql", plain, 3, Map.of());
        source = open(STORAGE);
        seen = source.introspector().observe(Progress.SILENT);
    }

    private static Source open(Map<String, String> options) {
        return open(file, options);
    }

    private static Source open(SqliteFile file, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(options);
        all.put("attach.other", other.path().toString());
        return new SqliteAdapter()
                .open(SourceConfig.of(new SourceId("lite"), "sqlite", file.jdbcUrl())
                        .withOptions(all));
    }

    @AfterAll
    static void close() throws Exception {
        source.close();
        plain.close();
        file.close();
        other.close();
    }

    @Test
    void saysAllThatTheFileHolds() throws Exception {
        List<TableDescriptor> measured = seen.tables().stream()
                .map(table -> table.name().table().equals("skewed")
                                || table.name().table().equals("indexed")
                                || table.kind() != TableKind.TABLE
                        ? table.withStatistics(source.introspector().measure(table, Budget.DEFAULT))
                        : table)
                .toList();
        GoldenFile.check("sqlite.golden", CatalogText.of(new Observation(seen.product(), measured, seen.warnings())));
    }

    @Test
    void saysTheSameAgain() {
        Observation again = source.introspector().observe(Progress.SILENT);
        assertThat(CatalogText.of(again)).isEqualTo(CatalogText.of(seen));
    }

    @Test
    void readsEveryValueOfEveryColumn() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        for (TableDescriptor table : seen.tables()) {
            if (table.name().table().equals("special")) {
                continue;
            }
            List<List<Object>> rows = read(table);
            List<List<String>> all = stored(table);
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDescriptor column = table.columns().get(i);
                List<String> read = new ArrayList<>();
                for (List<Object> row : rows) {
                    read.add(EngineText.of(row.get(i), column.type()));
                }
                int position = i;
                List<String> stored = all.stream().map(row -> row.get(position)).toList();
                if (!read.equals(stored)) {
                    wrong.put(table.name() + "." + column.name(), "read " + read + ", stored " + stored);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void saysWhatCannotBeHeldAndTheWayOut() throws Exception {
        TableDescriptor special = asDeclared("special");
        Map<String, String> options = new TreeMap<>();
        special.columns().stream().skip(1).forEach(c -> options.put("type.main.special." + c.name(), "VARBINARY"));
        StringBuilder said = new StringBuilder();
        try (Source asBytes = open(options)) {
            TableDescriptor spelled = Reading.table(asBytes, "main", "special");
            for (int i = 1; i < special.columns().size(); i++) {
                String column = special.columns().get(i).name();
                try (Statement statement = plain.createStatement();
                        ResultSet row = statement.executeQuery("SELECT id, quote(" + column + "), lower(hex(" + column
                                + ")) FROM special WHERE " + column + " IS NOT NULL ORDER BY id")) {
                    while (row.next()) {
                        int id = row.getInt(1);
                        said.append(row.getString(2))
                                .append("\n    ")
                                .append(one(source, special, id, i))
                                .append('\n');
                        assertThat(one(asBytes, spelled, id, i)).isEqualTo(row.getString(3));
                    }
                }
            }
        }
        GoldenFile.check("sqlite-special.golden", said.toString());
    }

    /** As introspection describes it before it has a row. */
    private static TableDescriptor asDeclared(String table) throws Exception {
        SqliteFile empty = TestServers.newSqliteFile();
        try (Connection connection = empty.connect();
                Statement create = connection.createStatement();
                Statement statement = plain.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT sql FROM main.sqlite_schema WHERE name = '" + table + "'")) {
            create.execute(row.getString(1));
        }
        try (Source source = open(empty, STORAGE)) {
            return Reading.table(source, "main", table);
        }
    }

    private static List<List<Object>> read(TableDescriptor table) {
        RelNode scan = Fragments.over(List.of(table)).scan(table.name().table()).build();
        return Reading.rows(source, source.compiler().compile(scan));
    }

    /** One value, or the message in its place. */
    private static String one(Source from, TableDescriptor table, int id, int column) {
        RelBuilder builder = Fragments.over(List.of(table)).scan(table.name().table());
        RelNode fragment = builder.filter(builder.equals(builder.field("id"), builder.literal(id)))
                .project(builder.field(column))
                .build();
        try {
            Object value =
                    Reading.rows(from, from.compiler().compile(fragment)).get(0).get(0);
            return String.valueOf(
                    EngineText.of(value, table.columns().get(column).type()));
        } catch (QueryException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    /** What the driver says alone, computed by SQLite's own functions where a text stands for a moment. */
    private static List<List<String>> stored(TableDescriptor table) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> spelled(Identifiers.quoted(column.name()), column))
                .collect(Collectors.joining(", "));
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + columns + " FROM "
                        + Identifiers.quoted(table.name().schema(), table.name().table()))) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    values.add(value(row, i + 1, table.columns().get(i)));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static String value(ResultSet row, int position, ColumnDescriptor column) throws SQLException {
        Object stored = row.getObject(position);
        if (stored == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case BOOLEAN -> Boolean.toString(((Number) stored).intValue() == 1);
            case SMALLINT, INTEGER, BIGINT -> Long.toString(((Number) stored).longValue());
            case DOUBLE -> Double.toString(((Number) stored).doubleValue() + 0.0d);
            case DECIMAL ->
                new BigDecimal(stored.toString())
                        .setScale(column.type().scale(), RoundingMode.HALF_UP)
                        .toPlainString();
            default -> stored.toString();
        };
    }

    private static String spelled(String name, ColumnDescriptor column) {
        String modifier = switch (Form.of(column)) {
            case UNIX_SECONDS -> ", 'unixepoch'";
            case UNIX_MILLIS -> " / 1000.0, 'unixepoch'";
            default -> "";
        };
        String seconds = "CAST(strftime('%s', " + name + modifier + ") AS INTEGER)";
        String millis = "CAST(substr(strftime('%f', " + name + modifier + "), 4, 3) AS INTEGER)";
        return switch (column.type().kind()) {
            case VARBINARY -> "CASE WHEN " + name + " IS NOT NULL THEN lower(hex(" + name + ")) END";
            case VARCHAR -> "CAST(" + name + " AS TEXT)";
            case DATE -> "CASE WHEN " + name + " IS NOT NULL THEN " + seconds + " / 86400 END";
            case TIME -> "(" + seconds + " - 946684800) * 1000 + " + millis;
            case TIMESTAMP, TIMESTAMP_TZ -> seconds + " * 1000 + " + millis;
            default -> name;
        };
    }
}
