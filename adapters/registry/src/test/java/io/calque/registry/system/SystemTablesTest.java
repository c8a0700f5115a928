package io.calque.registry.system;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.ORDERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.statistics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.calque.registry.MutableClock;
import io.calque.registry.store.Registry;
import io.calque.registry.store.SourceObservation;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.catalog.Catalog.Existing;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.type.DataType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemTablesTest {
    private final MutableClock clock = new MutableClock();
    private final Registry registry = Registry.inMemory(clock);
    private final List<SystemTable> tables = SystemTables.of(registry, ViewColumns.UNKNOWN, List.of());
    private AccessPolicy policy = AccessPolicy.allowAll();

    @BeforeEach
    void fill() {
        registry.publish(new SourceObservation(
                CRM, "postgresql", "PostgreSQL 18", List.of(customers(), orders()), clock.instant()));
        registry.recordFailure(new SourceId("shop"), "mongodb", "Source 'shop' cannot be reached");
        registry.createView(
                new ViewDescriptor("Revenue", "select 1", List.of(), List.of("crm.public"), "ann", clock.instant()),
                Existing.FAIL);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Refers to a table that refers back. */
    private static TableDescriptor orders() {
        return new TableDescriptor(
                ORDERS,
                TableKind.MATERIALIZED_VIEW,
                List.of(
                        ColumnDescriptor.of("customer_id", DataType.BIGINT, "bigint", Nullability.NOT_NULL),
                        ColumnDescriptor.of("city", DataType.TIMESTAMP_TZ, "timestamptz", Nullability.NULLABLE)),
                Optional.of(new KeyDescriptor("", List.of("city", "customer_id"))),
                List.of(),
                List.of(new ForeignKeyDescriptor("", List.of("customer_id"), CUSTOMERS, List.of("id"))),
                List.of(new IndexDescriptor(
                        "h", "hash", List.of(new IndexDescriptor.IndexColumn("city", false, false)), false, "")),
                Optional.empty(),
                statistics(7),
                "",
                new TreeMap<>());
    }

    private SystemTable table(String schema, String name) {
        return tables.stream()
                .filter(t -> t.schema().equals(schema) && t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Rows as maps by column name. */
    private List<Map<String, @Nullable Object>> rows(String schema, String name) {
        SystemTable table = table(schema, name);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        table.rows(SystemView.of(registry.current(), Principal.LOCAL, policy)).forEach(row -> {
            Map<String, @Nullable Object> cells = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                cells.put(table.columns().get(i).name(), row.get(i));
            }
            rows.add(cells);
        });
        return rows;
    }

    private List<String> columnNames(String schema, String name) {
        return table(schema, name).columns().stream()
                .map(ColumnDescriptor::name)
                .toList();
    }

    @Test
    void everyValueFitsItsColumn() {
        for (SystemTable table : tables) {
            table.rows(SystemView.of(registry.current(), Principal.LOCAL, policy))
                    .forEach(row -> {
                        assertThat(row).hasSameSizeAs(table.columns());
                        for (int i = 0; i < row.size(); i++) {
                            ColumnDescriptor column = table.columns().get(i);
                            if (row.get(i) == null) {
                                assertThat(column.nullable())
                                        .as(table.name() + "." + column.name())
                                        .isTrue();
                            }
                            new ColumnBuilder(column.type(), 1).append(row.get(i));
                        }
                    });
        }
    }

    @Test
    void sourcesSayHowTheyAre() {
        assertThat(rows("system", "sources"))
                .extracting(r -> r.get("source"), r -> r.get("status"), r -> r.get("last_error"))
                .containsExactly(
                        tuple("crm", "ok", null), tuple("shop", "unreachable", "Source 'shop' cannot be reached"));
    }

    @Test
    void columnsKeepTheSourcesSpelling() {
        assertThat(rows("system", "columns"))
                .filteredOn(r -> "address.city".equals(r.get("column_name")))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r).containsEntry("data_type", "DECIMAL(12, 3) ARRAY");
                    assertThat(r).containsEntry("native_type", "numeric(12,3)[]");
                    assertThat(r).containsEntry("source_path", List.of("address", "city"));
                    assertThat(r).containsEntry("generation", "computed");
                    assertThat(r).containsEntry("ordinal_position", 3L);
                });
    }

    @Test
    void declaredForeignKeysAreCertainRelationships() {
        assertThat(rows("system", "relationships"))
                .filteredOn(r -> "orders".equals(r.get("from_table")))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r).containsEntry("from_columns", List.of("customer_id"));
                    assertThat(r).containsEntry("to_table", "customers");
                    assertThat(r).containsEntry("origin", "declared");
                    assertThat(r).containsEntry("confidence", 1.0);
                });
    }

    @Test
    void statisticsHaveARowForTheTableAndOneForEachMeasuredColumn() {
        assertThat(rows("system", "statistics"))
                .filteredOn(r -> "customers".equals(r.get("table_name")))
                .extracting(r -> r.get("column_name"), r -> r.get("row_count"), r -> r.get("distinct_count"))
                .containsExactly(tuple(null, 100.0, null), tuple("id", null, 100.0), tuple("address.city", null, null));
    }

    @Test
    void historyIsShownUpToTheSnapshotOfTheQuery() {
        assertThat(rows("system", "registry_versions"))
                .extracting(r -> r.get("cause"))
                .containsExactly("introspected crm", "met shop", "created view Revenue");
        assertThat(rows("system", "drift"))
                .extracting(r -> r.get("kind"))
                .containsExactly("source_added", "table_added", "table_added", "source_added", "view_added");

        SystemView early = SystemView.of(registry.snapshotAt(1).orElseThrow(), Principal.LOCAL, policy);
        assertThat(table("system", "drift").rows(early)).hasSize(3);
        assertThat(table("system", "registry_versions").rows(early)).hasSize(1);
    }

    @Test
    void tablesThatMayNotBeReadAreAbsentEverywhere() {
        policy = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return !table.equals(ORDERS);
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return true;
            }

            @Override
            public String digest(Principal principal) {
                return "no orders";
            }
        };
        for (SystemTable table : tables) {
            if (table.schema().equals("system") && table.name().equals("tables")) {
                assertThat(rows("system", "tables")).hasSize(1);
            }
            assertThat(rows(table.schema(), table.name()))
                    .as(table.schema() + "." + table.name())
                    // Where a table is nested is part of the table that may be read.
                    .noneMatch(r -> r.entrySet().stream()
                            .anyMatch(e ->
                                    "orders".equals(e.getValue()) && !e.getKey().equals("nested_in")));
        }
    }

    @Test
    void columnsThatMayNotBeReadAreAbsentEverywhere() {
        registry.publish(new SourceObservation(
                CRM,
                "postgresql",
                "PostgreSQL 18",
                List.of(customers(), TableDescriptor.of(ORDERS, TableKind.TABLE, List.of())),
                clock.instant()));
        registry.publish(new SourceObservation(
                CRM, "postgresql", "PostgreSQL 18", List.of(customers(), orders()), clock.instant()));
        List<String> toAll = rowTexts();
        policy = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return true;
            }

            @Override
            public boolean mayRead(Principal principal, TableName table, String column) {
                return !column.contains("city");
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return true;
            }

            @Override
            public String digest(Principal principal) {
                return "no cities";
            }
        };
        assertThat(toAll).anyMatch(row -> row.contains("city"));
        assertThat(rowTexts()).noneMatch(row -> row.contains("city")).isNotEmpty();
        assertThat(rows("system", "columns"))
                .extracting(r -> r.get("column_name"))
                .containsExactly("id", "Näme \"x\"", "customer_id");
        assertThat(rows("system", "drift"))
                .extracting(r -> r.get("object_name"))
                .contains("customer_id");
    }

    /** All rows of all tables. */
    private List<String> rowTexts() {
        return tables.stream()
                .flatMap(t -> rows(t.schema(), t.name()).stream().map(Object::toString))
                .toList();
    }

    @Test
    void tellsWhoSeesAPartOnlyTheViewsItCanRead() {
        SystemTable views = SystemTables.of(registry, (view, asker) -> List.of(), List.of()).stream()
                .filter(t -> t.schema().equals("system") && t.name().equals("views"))
                .findFirst()
                .orElseThrow();
        assertThat(views.rows(SystemView.of(registry.current(), Principal.LOCAL, policy)))
                .singleElement()
                .satisfies(row -> assertThat(row.get(1)).isEqualTo("select 1"));
        AccessPolicy noCity = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return true;
            }

            @Override
            public boolean mayRead(Principal principal, TableName table, String column) {
                return !column.equals("city");
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return true;
            }

            @Override
            public String digest(Principal principal) {
                return "no city";
            }
        };
        assertThat(views.rows(SystemView.of(registry.current(), Principal.LOCAL, noCity)))
                .singleElement()
                .satisfies(row -> assertThat(row.get(1)).isNull());
        assertThat(views.rows(SystemView.of(registry.current(), new Principal("ann", List.of()), noCity)))
                .singleElement()
                .satisfies(row -> assertThat(row.get(1)).isEqualTo("select 1"));
    }

    @Test
    void sourcesOfWhichNothingMayBeReadAreAbsent() {
        policy = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return false;
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return false;
            }

            @Override
            public String digest(Principal principal) {
                return "nothing";
            }
        };
        assertThat(rows("system", "sources")).extracting(r -> r.get("source")).containsExactly("shop");
        assertThat(rows("jdbc", "catalogs"))
                .extracting(r -> r.get("TABLE_CAT"))
                .containsExactly("calque", "shop", "system");
        assertThat(rows("information_schema", "views")).isEmpty();
    }

    @Test
    void viewsStandInTheirOwnCatalog() {
        assertThat(rows("jdbc", "tables"))
                .filteredOn(r -> "Revenue".equals(r.get("TABLE_NAME")))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r).containsEntry("TABLE_CAT", "calque");
                    assertThat(r).containsEntry("TABLE_SCHEM", "views");
                    assertThat(r).containsEntry("TABLE_TYPE", "VIEW");
                });
        assertThat(rows("information_schema", "views"))
                .singleElement()
                .satisfies(r -> assertThat(r).containsEntry("view_definition", "select 1"));
    }

    @Test
    void viewColumnsComeFromWhoeverKnowsThem() {
        ColumnDescriptor total = ColumnDescriptor.of("total", DataType.BIGINT, "BIGINT", Nullability.NULLABLE);
        SystemTable columns = SystemTables.of(registry, (view, asker) -> List.of(total), List.of()).stream()
                .filter(t -> t.schema().equals("jdbc") && t.name().equals("columns"))
                .findFirst()
                .orElseThrow();
        assertThat(columns.rows(SystemView.of(registry.current(), Principal.LOCAL, policy)))
                .anyMatch(row -> "calque".equals(row.get(0)) && "total".equals(row.get(3)));
    }

    @Test
    void metadataListsTheTablesThatHoldItAndThoseOfOtherParts() {
        SystemTable queries = SystemTableBuilder.<String>table("system", "queries", v -> Stream.of("q1"))
                .text("query_id", q -> q)
                .build();
        SystemTable listed = SystemTables.of(registry, ViewColumns.UNKNOWN, List.of(queries)).stream()
                .filter(t -> t.schema().equals("jdbc") && t.name().equals("tables"))
                .findFirst()
                .orElseThrow();
        assertThat(listed.rows(SystemView.of(registry.current(), Principal.LOCAL, policy)))
                .extracting(row -> row.get(1) + "." + row.get(2) + " " + row.get(3))
                .contains("system.queries SYSTEM TABLE", "information_schema.columns SYSTEM TABLE");
    }

    @Test
    void unnamedKeysGetNamesAsInPostgreSql() {
        assertThat(rows("information_schema", "table_constraints"))
                .filteredOn(r -> "orders".equals(r.get("table_name")))
                .extracting(r -> r.get("constraint_name"), r -> r.get("constraint_type"))
                .containsExactly(tuple("orders_pkey", "PRIMARY KEY"), tuple("orders_customer_id_fkey", "FOREIGN KEY"));
    }

    @Test
    void foreignKeysFindTheKeyTheyReferTo() {
        assertThat(rows("information_schema", "referential_constraints"))
                .extracting(r -> r.get("constraint_name"), r -> r.get("unique_constraint_name"))
                .containsExactly(tuple("fk", "orders_pkey"), tuple("orders_customer_id_fkey", "customers_pkey"));
        assertThat(rows("information_schema", "key_column_usage"))
                .filteredOn(r -> "fk".equals(r.get("constraint_name")))
                .extracting(r -> r.get("ordinal_position"), r -> r.get("position_in_unique_constraint"))
                .containsExactly(tuple(1L, 2L), tuple(2L, 1L));
        assertThat(rows("jdbc", "imported_keys"))
                .filteredOn(r -> "orders".equals(r.get("FKTABLE_NAME")))
                .singleElement()
                .satisfies(r -> assertThat(r)
                        .containsEntry("PKTABLE_NAME", "customers")
                        .containsEntry("PKCOLUMN_NAME", "id")
                        .containsEntry("PK_NAME", "customers_pkey")
                        .containsEntry("KEY_SEQ", 1L));
    }

    @Test
    void indexesHaveOneRowForEachColumn() {
        assertThat(rows("jdbc", "indexes"))
                .extracting(
                        r -> r.get("INDEX_NAME"),
                        r -> r.get("TYPE"),
                        r -> r.get("COLUMN_NAME"),
                        r -> r.get("ASC_OR_DESC"),
                        r -> r.get("CARDINALITY"))
                .containsExactly(
                        tuple("ix", 3L, "id", "D", 100L),
                        tuple("ix", 3L, "lower(name)", "A", 100L),
                        tuple("h", 2L, "city", "A", 0L));
    }

    @Test
    void everyTypeHasItsJdbcCode() {
        assertThat(rows("jdbc", "type_info"))
                .extracting(r -> r.get("TYPE_NAME"), r -> r.get("DATA_TYPE"))
                .contains(
                        tuple("BIGINT", (long) Types.BIGINT),
                        tuple("DECIMAL", (long) Types.DECIMAL),
                        tuple("ARRAY", (long) Types.ARRAY))
                .hasSize(14);
    }

    /** Another driver's metadata is the measure: SQLite's implements the columns of the specification. */
    @Test
    void jdbcTablesHaveTheColumnsOfTheSpecification() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
            }
            DatabaseMetaData metadata = connection.getMetaData();
            assertThat(columnNames("jdbc", "primary_keys"))
                    .containsExactlyInAnyOrderElementsOf(labels(metadata.getPrimaryKeys(null, null, "t")));
            assertThat(columnNames("jdbc", "imported_keys"))
                    .containsExactlyElementsOf(labels(metadata.getImportedKeys(null, null, "t")));
            assertThat(columnNames("jdbc", "type_info")).containsExactlyElementsOf(labels(metadata.getTypeInfo()));
            assertThat(columnNames("jdbc", "tables"))
                    .containsExactlyElementsOf(labels(metadata.getTables(null, null, null, null)));
            assertThat(columnNames("jdbc", "columns")).hasSize(24).contains("IS_GENERATEDCOLUMN", "SCOPE_CATALOG");
        }
    }

    private static List<String> labels(ResultSet rows) throws SQLException {
        try (rows) {
            ResultSetMetaData metadata = rows.getMetaData();
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                labels.add(metadata.getColumnLabel(i));
            }
            return labels;
        }
    }
}
