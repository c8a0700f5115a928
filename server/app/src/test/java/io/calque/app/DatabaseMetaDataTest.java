package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.config.ConfigurationReader;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.spi.source.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tool learns of two SQLite files through JDBC's metadata, by Calque's driver and by Avatica's. */
@Timeout(120)
class DatabaseMetaDataTest {
    @TempDir
    private static Path directory;

    private static Deployment deployment;
    private static Deployment.Endpoint endpoint;
    private static Connection connection;
    private static DatabaseMetaData metaData;

    @BeforeAll
    static void start() throws Exception {
        write(
                "shop.db",
                "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, \"odd_name%\" TEXT)",
                "CREATE TABLE customerX (id INTEGER PRIMARY KEY)",
                "CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id),"
                        + " day DATE, total DECIMAL(10, 2))",
                "CREATE INDEX invoice_day ON invoice(day DESC)",
                "CREATE UNIQUE INDEX customer_name ON customer(name)",
                "INSERT INTO customer VALUES (1, 'Ada', 'x'), (2, 'Grace', null)",
                "INSERT INTO invoice VALUES (1, 1, '2024-03-10', 12.50), (2, 1, null, null)");
        write("hr.db", "CREATE TABLE employee (id INTEGER PRIMARY KEY, name TEXT)");
        Path config = directory.resolve("calque.yaml");
        Files.writeString(
                config,
                "sources:\n  shop: {kind: sqlite, url: 'jdbc:sqlite:" + directory.resolve("shop.db")
                        + "'}\n  hr: {kind: sqlite, url: 'jdbc:sqlite:" + directory.resolve("hr.db") + "'}\n");
        Main main = new Main(Clock.systemUTC());
        deployment = main.open(new ConfigurationReader(main.kinds(), Map.of()).read(config));
        deployment.introspect(deployment.unknownSources(), Progress.SILENT);
        endpoint = deployment.serve(ServerSettings.DEFAULT.withPort(0));
        connection = DriverManager.getConnection(endpoint.jdbcUrl());
        metaData = connection.getMetaData();
    }

    private static void write(String file, String... statements) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                Statement statement = sqlite.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        endpoint.close();
        deployment.close();
    }

    /** Some columns of all rows, separated by blanks. */
    private static List<String> rows(ResultSet result, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (result) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(String.valueOf(result.getObject(column)));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    private static String labels(ResultSet result) throws SQLException {
        try (result) {
            ResultSetMetaData shape = result.getMetaData();
            return IntStream.rangeClosed(1, shape.getColumnCount())
                    .mapToObj(i -> {
                        try {
                            return shape.getColumnLabel(i);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .collect(Collectors.joining(" "));
        }
    }

    @Test
    void listsCatalogsAndSchemas() throws SQLException {
        assertThat(rows(metaData.getCatalogs(), "TABLE_CAT"))
                .contains("hr", "shop", "system")
                .isSorted();
        assertThat(rows(metaData.getSchemas("shop", null), "TABLE_CATALOG", "TABLE_SCHEM"))
                .containsExactly("shop main");
        assertThat(rows(metaData.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
                .contains("shop main", "hr main", "system jdbc");
        assertThat(rows(metaData.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW", "SYSTEM TABLE");
    }

    @Test
    void findsTablesByPattern() throws SQLException {
        assertThat(rows(metaData.getTables("shop", null, "cust%", null), "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"))
                .containsExactly("main customer TABLE", "main customerX TABLE");
        assertThat(rows(metaData.getTables(null, "main", "custome_", null), "TABLE_NAME"))
                .containsExactly("customer");
        assertThat(rows(metaData.getTables(null, null, "%", new String[] {"TABLE"}), "TABLE_CAT", "TABLE_NAME"))
                .containsExactly("hr employee", "shop customer", "shop customerX", "shop invoice");
        assertThat(rows(metaData.getTables(null, null, "nothing", null), "TABLE_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getTables("", null, null, null), "TABLE_NAME")).isEmpty();
        assertThat(labels(metaData.getTables("shop", null, "x", null)))
                .isEqualTo("TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                        + " SELF_REFERENCING_COL_NAME REF_GENERATION");
    }

    @Test
    void describesColumns() throws SQLException {
        try (ResultSet columns = metaData.getColumns("shop", "main", "invoice", "%")) {
            columns.next();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
            columns.next();
            assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
            assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
            columns.next();
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DATE);
            columns.next();
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
            assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(4);
            assertThat(columns.next()).isFalse();
        }
        assertThat(rows(metaData.getColumns("shop", null, "customer", "odd\\_name\\%"), "COLUMN_NAME"))
                .containsExactly("odd_name%");
    }

    @Test
    void knowsKeysInBothDirections() throws SQLException {
        assertThat(rows(metaData.getPrimaryKeys("shop", "main", "invoice"), "COLUMN_NAME", "KEY_SEQ"))
                .containsExactly("id 1");
        String[] ends = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ"};
        assertThat(rows(metaData.getImportedKeys("shop", "main", "invoice"), ends))
                .containsExactly("customer id invoice customer_id 1");
        assertThat(rows(metaData.getExportedKeys("shop", null, "customer"), ends))
                .containsExactly("customer id invoice customer_id 1");
        assertThat(rows(
                        metaData.getCrossReference("shop", "main", "customer", "shop", "main", "invoice"),
                        "PKTABLE_CAT",
                        "FKTABLE_CAT"))
                .containsExactly("shop shop");
        assertThat(rows(metaData.getImportedKeys("shop", "main", "customer"), ends))
                .isEmpty();
        assertThat(rows(
                        metaData.getBestRowIdentifier("shop", "main", "invoice", DatabaseMetaData.bestRowSession, true),
                        "COLUMN_NAME"))
                .containsExactly("id");
    }

    @Test
    void knowsIndexes() throws SQLException {
        assertThat(rows(
                        metaData.getIndexInfo("shop", "main", "invoice", false, true),
                        "INDEX_NAME",
                        "COLUMN_NAME",
                        "ASC_OR_DESC",
                        "NON_UNIQUE"))
                .contains("invoice_day day D true");
        assertThat(rows(metaData.getIndexInfo("shop", "main", "invoice", true, true), "INDEX_NAME"))
                .doesNotContain("invoice_day");
    }

    @Test
    void listsTypesAndEmptyThings() throws SQLException {
        assertThat(rows(metaData.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "VARCHAR", "TIMESTAMP");
        assertThat(labels(metaData.getProcedures(null, null, null))).startsWith("PROCEDURE_CAT PROCEDURE_SCHEM");
        assertThat(labels(metaData.getFunctions(null, null, null))).startsWith("FUNCTION_CAT FUNCTION_SCHEM");
        assertThat(rows(metaData.getTablePrivileges(null, null, null), "GRANTEE"))
                .isEmpty();
        assertThat(rows(metaData.getUDTs(null, null, null, null), "TYPE_NAME")).isEmpty();
        assertThat(rows(metaData.getClientInfoProperties(), "NAME")).isEmpty();
    }

    @Test
    void saysWhatCalqueIs() throws SQLException {
        assertThat(metaData.getDatabaseProductName()).isEqualTo("Calque");
        assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metaData.storesMixedCaseIdentifiers()).isTrue();
        assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
        assertThat(metaData.nullsAreSortedHigh()).isTrue();
        assertThat(metaData.isReadOnly()).isTrue();
        assertThat(metaData.getURL()).startsWith("jdbc:calque://");
    }

    @Test
    void showsOneCatalogWhenFlat() throws SQLException {
        try (Connection flat = DriverManager.getConnection(endpoint.jdbcUrl() + "?catalogs=flat")) {
            DatabaseMetaData facts = flat.getMetaData();
            assertThat(rows(facts.getCatalogs(), "TABLE_CAT")).containsExactly("calque");
            assertThat(flat.getCatalog()).isEqualTo("calque");
            assertThat(rows(facts.getSchemas("calque", "sh%"), "TABLE_SCHEM", "TABLE_CATALOG"))
                    .containsExactly("shop.main calque");
            assertThat(rows(
                            facts.getTables("calque", "shop.main", "inv%", null),
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_NAME"))
                    .containsExactly("calque shop.main invoice");
            assertThat(rows(facts.getTables("other", null, "%", null), "TABLE_NAME"))
                    .isEmpty();
            assertThat(rows(facts.getImportedKeys("calque", "shop.main", "invoice"), "PKTABLE_SCHEM", "FKTABLE_CAT"))
                    .containsExactly("shop.main calque");
        }
    }

    @Test
    void answersPlainAvaticaClients() throws SQLException {
        String url = "jdbc:avatica:remote:url=http://127.0.0.1:" + endpoint.port() + "/;serialization=PROTOBUF";
        try (Connection plain = new org.apache.calcite.avatica.remote.Driver().connect(url, new Properties())) {
            DatabaseMetaData facts = plain.getMetaData();
            assertThat(rows(facts.getCatalogs(), "TABLE_CAT")).contains("shop");
            assertThat(rows(facts.getSchemas(), "TABLE_SCHEM")).contains("main");
            assertThat(rows(facts.getTables("shop", null, "cust%", new String[] {"TABLE"}), "TABLE_NAME"))
                    .containsExactly("customer", "customerX");
            assertThat(rows(facts.getColumns("shop", "main", "invoice", null), "COLUMN_NAME", "DATA_TYPE"))
                    .contains("day " + Types.DATE);
            assertThat(rows(facts.getTypeInfo(), "TYPE_NAME")).contains("BIGINT");
            assertThat(rows(facts.getTableTypes(), "TABLE_TYPE")).contains("TABLE");
        }
    }

    @Test
    void looksUpNamesInTheCatalogOfTheUrl() throws SQLException {
        try (Connection shop = DriverManager.getConnection(endpoint.jdbcUrl() + "hr");
                Statement statement = shop.createStatement()) {
            assertThat(rows(statement.executeQuery("SELECT COUNT(*) AS n FROM employee"), "n"))
                    .containsExactly("0");
            shop.setCatalog("shop");
            shop.setSchema("main");
            assertThat(shop.getCatalog()).isEqualTo("shop");
            assertThat(rows(statement.executeQuery("SELECT name FROM customer WHERE id = 2"), "name"))
                    .containsExactly("Grace");
        }
    }

    @Test
    void readsTheSameInProcess() throws SQLException {
        String sql = "SELECT i.id, c.name, i.day, i.total FROM shop.main.invoice i JOIN shop.main.customer c"
                + " ON c.id = i.customer_id ORDER BY i.id";
        String[] columns = {"id", "name", "day", "total"};
        Path config = directory.resolve("calque.yaml");
        List<String> remote;
        try (Statement statement = connection.createStatement()) {
            remote = rows(statement.executeQuery(sql), columns);
        }
        assertThat(remote).containsExactly("1 Ada 2024-03-10 12.50", "2 Ada null null");
        try (Connection local = DriverManager.getConnection("jdbc:calque:file:" + config);
                Statement statement = local.createStatement()) {
            assertThat(rows(statement.executeQuery(sql), columns)).isEqualTo(remote);
        }
    }
}
