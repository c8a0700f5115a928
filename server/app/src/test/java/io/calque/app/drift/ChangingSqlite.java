package io.calque.app.drift;

import io.calque.embedded.SqliteFile;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SQLite, whose types change only by making the table anew. */
final class ChangingSqlite implements ChangingSource {
    private static final SourceId ID = new SourceId("office");
    private static final int ROWS = 200;
    private static final int MOST_TABLES = 8;
    private static final Map<String, String> TYPES = Map.of(
            "INTEGER", "(id * %d) %% 1000",
            "TEXT", "'v' || (id * %d)",
            "REAL", "(id * %d) / 8.0",
            "NUMERIC(10,2)", "((id * %d) %% 1000) / 4.0",
            "DATE", "date('2020-01-01', '+' || (id * %d %% 500) || ' days')");
    private static final List<String> TYPE_NAMES =
            TYPES.keySet().stream().sorted().toList();

    private final SqliteFile file;
    private final Connection connection;
    private final Draw draw;

    ChangingSqlite(SqliteFile file, Draw draw) throws SQLException {
        this.file = file;
        this.connection = file.connect();
        this.draw = draw;
        for (int i = 0; i < 5; i++) {
            create(draw.name());
        }
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public String yaml() {
        return ID + ": {kind: sqlite, url: '" + file.jdbcUrl() + "'}";
    }

    private void create(String table) throws SQLException {
        execute("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY)");
        execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ") INSERT INTO "
                + table + " SELECT i FROM n");
        for (int i = 0; i < 6; i++) {
            add(table, draw.name(), draw.of(TYPE_NAMES));
        }
    }

    private void add(String table, String column, String type) throws SQLException {
        execute("ALTER TABLE " + table + " ADD COLUMN " + column + " " + type);
        execute("UPDATE " + table + " SET " + column + " = " + String.format(TYPES.get(type), 7 + 2 * draw.below(1000))
                + " WHERE id % 10 <> 3");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Optional<Expected> change(CatalogSnapshot known) throws SQLException {
        Optional<TableDescriptor> drawn = draw.table(known, ID, t -> true);
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        TableDescriptor table = drawn.get();
        TableName name = table.name();
        String sql = name.table();
        Optional<ColumnDescriptor> plain = draw.column(table, c -> !c.name().equals("id"));
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        String column = plain.get().name();
        try {
            return switch (draw.below(13)) {
                case 0, 1 -> {
                    String added = draw.name();
                    add(sql, added, draw.of(TYPE_NAMES));
                    yield found("column_added", name, added, "");
                }
                case 2, 3 -> {
                    execute("ALTER TABLE " + sql + " DROP COLUMN " + column);
                    yield found("column_removed", name, column, "");
                }
                case 4, 5, 6 -> {
                    String renamed = draw.name();
                    execute("ALTER TABLE " + sql + " RENAME COLUMN " + column + " TO " + renamed);
                    yield found("column_renamed", name, renamed, "the former " + column + " (score");
                }
                case 7, 8 -> retype(table, plain.get());
                case 9 -> {
                    if (known.source(ID).orElseThrow().tables().size() > MOST_TABLES) {
                        execute("DROP TABLE " + sql);
                        yield found("table_removed", name, "", "");
                    }
                    String other = draw.name();
                    create(other);
                    yield found("table_added", new TableName(ID, name.schema(), other), "", "");
                }
                case 10 -> {
                    String other = draw.name();
                    execute("ALTER TABLE " + sql + " RENAME TO " + other);
                    yield found("table_renamed", new TableName(ID, name.schema(), other), "", "the former " + name);
                }
                // Rows that come and go are no change of the schema, and SQLite has no cheap count of them: see
                // schema-registry.md.
                default -> index(table, column);
            };
        } catch (SQLException e) {
            // A column of an index cannot be dropped, for one; the next draw may be possible.
            return Optional.empty();
        }
    }

    private Optional<Expected> retype(TableDescriptor table, ColumnDescriptor column) throws SQLException {
        String sql = table.name().table();
        String type = column.nativeType().toUpperCase(java.util.Locale.ROOT).startsWith("INT") ? "REAL" : "TEXT";
        if (column.nativeType().equalsIgnoreCase("TEXT")) {
            type = "BLOB";
        }
        String declared = type;
        String columns = table.columns().stream()
                .map(c -> c.name() + " " + (c.equals(column) ? declared : c.nativeType())
                        + (c.name().equals("id") ? " PRIMARY KEY" : ""))
                .collect(Collectors.joining(", "));
        String copied = table.columns().stream()
                .map(c -> c.equals(column) ? "CAST(" + c.name() + " AS " + declared + ")" : c.name())
                .collect(Collectors.joining(", "));
        execute("CREATE TABLE remade (" + columns + ")");
        execute("INSERT INTO remade SELECT " + copied + " FROM " + sql);
        execute("DROP TABLE " + sql);
        execute("ALTER TABLE remade RENAME TO " + sql);
        return found("column_retyped", table.name(), column.name(), "");
    }

    private Optional<Expected> index(TableDescriptor table, String column) throws SQLException {
        String sql = table.name().table();
        Optional<IndexDescriptor> present = draw.maybe(
                table.indexes().stream().filter(i -> i.name().startsWith("ix_")).toList());
        if (present.isPresent() && draw.chance(0.7)) {
            String index = present.get().name();
            execute("DROP INDEX " + index);
            if (draw.chance(0.5)) {
                execute("CREATE INDEX " + index + " ON " + sql + " (id DESC) WHERE id > " + draw.below(1000));
                return found("index_changed", table.name(), index, "");
            }
            return found("index_removed", table.name(), index, "");
        }
        String index = "ix_" + draw.name();
        boolean unique = draw.chance(0.3);
        execute("CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + index + " ON " + sql + " (" + (unique ? "id, " : "")
                + column + ")");
        return found("index_added", table.name(), index, "");
    }

    private static Optional<Expected> found(String kind, TableName table, String object, String words) {
        return Optional.of(new Expected(kind, table, object, words));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
