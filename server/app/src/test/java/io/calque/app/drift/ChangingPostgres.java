package io.calque.app.drift;

import io.calque.embedded.PostgresDatabase;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL, with whatever {@code ALTER TABLE} offers. */
final class ChangingPostgres implements ChangingSource {
    private static final SourceId ID = new SourceId("crm");
    private static final int ROWS = 200;
    private static final int MOST_TABLES = 9;
    private static final Map<String, String> TYPES = Map.of(
            "integer", "(i * %1$d) %% 1000",
            "bigint", "(i * %1$d)::bigint",
            "text", "md5((i * %1$d)::text)",
            "numeric(10,2)", "((i * %1$d) %% 100000) / 100.0",
            "timestamp", "timestamp '2020-01-01' + (i * %1$d %% 1000) * interval '1 hour'",
            "boolean", "(i * %1$d) %% 3 = 0",
            "date", "date '2020-01-01' + (i * %1$d %% 500)");
    private static final List<String> TYPE_NAMES =
            TYPES.keySet().stream().sorted().toList();
    private static final Map<TypeKind, String> OTHER_TYPE = Map.of(
            TypeKind.INTEGER, "bigint",
            TypeKind.BIGINT, "numeric(20,0)",
            TypeKind.DECIMAL, "double precision",
            TypeKind.DATE, "timestamp",
            TypeKind.TIMESTAMP, "date",
            TypeKind.BOOLEAN, "integer",
            TypeKind.VARCHAR, "varchar[]");

    private final PostgresDatabase database;
    private final Connection connection;
    private final Draw draw;

    ChangingPostgres(PostgresDatabase database, Draw draw) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        this.draw = draw;
        for (int i = 0; i < 6; i++) {
            create(draw.name());
        }
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public String yaml() {
        return ID + ": {kind: postgresql, url: '" + database.jdbcUrl() + "', user: " + database.user() + ", password: "
                + database.password() + "}";
    }

    private void create(String table) throws SQLException {
        execute("CREATE TABLE " + table + " (id integer PRIMARY KEY)");
        execute("INSERT INTO " + table + " SELECT i FROM generate_series(1, " + ROWS + ") i");
        for (int i = 0; i < 6; i++) {
            add(table, draw.name(), draw.of(TYPE_NAMES));
        }
        execute("ANALYZE " + table);
    }

    private void add(String table, String column, String type) throws SQLException {
        execute("ALTER TABLE " + table + " ADD COLUMN " + column + " " + type);
        String value = String.format(TYPES.get(type), 7 + 2 * draw.below(1000)).replace("i *", "id *");
        execute("UPDATE " + table + " SET " + column + " = " + value + " WHERE id % 10 <> 3");
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
        Optional<ColumnDescriptor> plain = draw.column(
                table,
                c -> !c.name().equals("id")
                        && c.generation() == Generation.NONE
                        && c.type().kind() != TypeKind.ARRAY);
        try {
            return switch (draw.below(22)) {
                case 0, 1 -> {
                    String column = draw.name();
                    add(sql, column, draw.of(TYPE_NAMES));
                    execute("ANALYZE " + sql);
                    yield found("column_added", name, column, "");
                }
                case 2, 3 ->
                    on(plain, c -> {
                        execute("ALTER TABLE " + sql + " DROP COLUMN " + c.name() + " CASCADE");
                        return found("column_removed", name, c.name(), "");
                    });
                case 4, 5, 6 ->
                    on(plain, c -> {
                        String column = draw.name();
                        execute("ALTER TABLE " + sql + " RENAME COLUMN " + c.name() + " TO " + column);
                        return found("column_renamed", name, column, "the former " + c.name() + " (score");
                    });
                case 7, 8 ->
                    on(plain, c -> {
                        String type = OTHER_TYPE.getOrDefault(c.type().kind(), "text");
                        String using = type.equals("varchar[]")
                                ? " USING ARRAY[" + c.name() + "]"
                                : c.type().kind() == TypeKind.BOOLEAN ? " USING " + c.name() + "::int" : "";
                        execute("ALTER TABLE " + sql + " ALTER COLUMN " + c.name() + " DROP DEFAULT");
                        execute("ALTER TABLE " + sql + " ALTER COLUMN " + c.name() + " TYPE " + type + using);
                        return found("column_retyped", name, c.name(), "");
                    });
                case 9 ->
                    on(plain, c -> {
                        if (c.nullable()) {
                            execute("DELETE FROM " + sql + " WHERE " + c.name() + " IS NULL");
                        }
                        execute("ALTER TABLE " + sql + " ALTER COLUMN " + c.name()
                                + (c.nullable() ? " SET NOT NULL" : " DROP NOT NULL"));
                        return found("column_altered", name, c.name(), "nullability");
                    });
                case 10 ->
                    on(plain, c -> {
                        execute("ALTER TABLE " + sql + " ALTER COLUMN " + c.name()
                                + (c.defaultValue().isEmpty()
                                        ? " SET DEFAULT NULLIF(1, 2)::text::" + declared(c)
                                        : " DROP DEFAULT"));
                        return found("column_altered", name, c.name(), "default");
                    });
                case 11 ->
                    on(plain, c -> {
                        execute("COMMENT ON COLUMN " + sql + "." + c.name() + " IS '" + draw.name() + "'");
                        return found("column_altered", name, c.name(), "comment");
                    });
                case 12 -> {
                    execute("COMMENT ON TABLE " + sql + " IS '" + draw.name() + "'");
                    yield found("table_altered", name, "", "comment");
                }
                case 13 -> {
                    String other = draw.name();
                    if (known.source(ID).orElseThrow().tables().size() > MOST_TABLES) {
                        execute("DROP TABLE " + sql + " CASCADE");
                        yield found("table_removed", name, "", "");
                    }
                    create(other);
                    yield found("table_added", new TableName(ID, name.schema(), other), "", "");
                }
                case 14, 15 -> {
                    String other = draw.name();
                    execute("ALTER TABLE " + sql + " RENAME TO " + other);
                    yield found("table_renamed", new TableName(ID, name.schema(), other), "", "the former " + name);
                }
                case 16 -> key(table);
                case 17 -> foreignKey(table, known);
                case 18, 19 -> index(table, plain);
                case 20 -> {
                    execute("INSERT INTO " + sql + " (id) SELECT i FROM generate_series((SELECT max(id) + 1 FROM " + sql
                            + "), (SELECT max(id) + count(*) FROM " + sql + ")) i");
                    execute("ANALYZE " + sql);
                    yield found("statistics_shifted", name, "", "rows went from");
                }
                default -> {
                    String column = draw.name();
                    execute("ALTER TABLE " + sql + " ADD COLUMN " + column
                            + " integer GENERATED ALWAYS AS (id * 2) STORED");
                    yield found("column_added", name, column, "");
                }
            };
        } catch (SQLException e) {
            // Not every change is possible in every state; the next draw may be.
            return Optional.empty();
        }
    }

    private static String declared(ColumnDescriptor column) {
        return column.nativeType();
    }

    private Optional<Expected> key(TableDescriptor table) throws SQLException {
        String sql = table.name().table();
        Optional<KeyDescriptor> unique = draw.maybe(table.uniqueKeys());
        if (unique.isPresent()) {
            execute("ALTER TABLE " + sql + " DROP CONSTRAINT " + unique.get().name() + " CASCADE");
            if (draw.chance(0.5)) {
                execute("ALTER TABLE " + sql + " ADD CONSTRAINT " + unique.get().name() + " UNIQUE (id, "
                        + draw.of(table.columns()).name() + ")");
                return found("key_changed", table.name(), unique.get().name(), "");
            }
            return found("key_removed", table.name(), unique.get().name(), "unique");
        }
        if (draw.chance(0.3) && table.primaryKey().isPresent()) {
            String key = table.primaryKey().get().name();
            execute("ALTER TABLE " + sql + " DROP CONSTRAINT " + key + " CASCADE");
            return found("key_removed", table.name(), key, "primary");
        }
        if (table.primaryKey().isEmpty()) {
            execute("ALTER TABLE " + sql + " ADD PRIMARY KEY (id)");
            return found("key_added", table.name(), "", "primary");
        }
        String key = draw.name();
        execute("ALTER TABLE " + sql + " ADD CONSTRAINT " + key + " UNIQUE (id)");
        return found("key_added", table.name(), key, "unique");
    }

    private Optional<Expected> foreignKey(TableDescriptor table, CatalogSnapshot known) throws SQLException {
        String sql = table.name().table();
        Optional<ForeignKeyDescriptor> present = draw.maybe(table.foreignKeys());
        if (present.isPresent()) {
            execute("ALTER TABLE " + sql + " DROP CONSTRAINT " + present.get().name());
            return found("foreign_key_removed", table.name(), present.get().name(), "");
        }
        String target = draw.table(known, ID, t -> t.primaryKey().isPresent())
                .orElseThrow()
                .name()
                .table();
        String key = draw.name();
        execute("ALTER TABLE " + sql + " ADD CONSTRAINT " + key + " FOREIGN KEY (id) REFERENCES " + target + " (id)");
        return found("foreign_key_added", table.name(), key, "");
    }

    private Optional<Expected> index(TableDescriptor table, Optional<ColumnDescriptor> column) throws SQLException {
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
        return on(column, c -> {
            String index = "ix_" + draw.name();
            execute("CREATE INDEX " + index + " ON " + sql + " (" + c.name() + ")");
            return found("index_added", table.name(), index, "");
        });
    }

    private static Optional<Expected> found(String kind, TableName table, String object, String words) {
        return Optional.of(new Expected(kind, table, object, words));
    }

    private static Optional<Expected> on(Optional<ColumnDescriptor> column, Edit edit) throws SQLException {
        return column.isEmpty() ? Optional.empty() : edit.of(column.get());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Changes one column. */
    private interface Edit {
        Optional<Expected> of(ColumnDescriptor column) throws SQLException;
    }
}
