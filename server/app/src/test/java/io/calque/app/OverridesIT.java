package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.source.Progress;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL sees what overrides say, and sources are asked for what they have. */
final class OverridesIT {
    private static final TableName ITEM = new TableName(new SourceId("shop"), "main", "item");

    private static final SourceId DOCS = new SourceId("docs");

    @TempDir
    private Path directory;

    private Configuration configuration;
    private LocalDeployment deployment;

    @BeforeEach
    void configure() throws IOException, SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT, sold INTEGER, secret TEXT)");
            statement.executeUpdate("INSERT INTO item VALUES (1, '07', 0, 'a'), (2, '12', 1, 'b'), (3, NULL, 5, 'c')");
            statement.executeUpdate("CREATE TABLE line (item_id INTEGER REFERENCES item (id), text TEXT)");
            statement.executeUpdate("INSERT INTO line VALUES (1, 'x'), (2, 'y')");
        }
        Path yaml = Files.writeString(
                directory.resolve("calque.yaml"),
                "sources:\n  shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}\n" + "  docs: {kind: mongodb, url: '"
                        + documents() + "'}\n");
        Main main = new Main(Clock.systemUTC());
        configuration = new ConfigurationReader(main.kinds(), Map.of()).read(yaml);
        deployment = main.open(configuration);
        deployment.introspect(List.of(new SourceId("shop"), DOCS), Progress.SILENT);
        deployment.close();
    }

    private static String documents() {
        MongoDatabaseAddress address = TestServers.newMongoDatabase();
        try (MongoClient client = MongoClients.create(address.connectionString())) {
            client.getDatabase(address.database())
                    .getCollection("parcel")
                    .insertMany(List.of(
                            Document.parse("{_id: 1, to: {city: 'Zürich \"x\"', at: {lat: 47.5, day:"
                                    + " {$date: '2024-02-29T00:00:00Z'}}}, n: 1}"),
                            Document.parse("{_id: 2, to: {city: 'Rom'}, n: 2}"),
                            Document.parse("{_id: 3, n: 3}")));
        }
        return address.connectionString();
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    private void override(AnnotationEdit... edits) {
        try (Registry registry = Registry.open(configuration.registry(), Clock.systemUTC())) {
            for (AnnotationEdit edit : edits) {
                assertThat(registry.annotate(edit).published()).isTrue();
            }
        }
        deployment = new Main(Clock.systemUTC()).open(configuration);
    }

    private static AnnotationEdit set(Target target, Aspect aspect, String value) {
        return AnnotationEdit.set(target, aspect, value, "ann");
    }

    private List<List<Object>> rows(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        try (QueryClient client = deployment.connect();
                Answer answer = client.run(sql)) {
            for (Optional<List<Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private String plan(String sql) {
        return rows("EXPLAIN " + sql).toString();
    }

    @Test
    void renamedTablesAndColumnsAreReadUnderTheirNewNames() {
        override(
                set(Target.of(ITEM), Aspect.NAME, "Product"),
                set(Target.of(ITEM, "id"), Aspect.NAME, "number"),
                set(Target.of(ITEM, "secret"), Aspect.HIDDEN, "true"));

        assertThat(rows("SELECT * FROM product WHERE number = 2").toString()).isEqualTo("[[2, 12, 1]]");
        assertThat(plan("SELECT code FROM shop.main.product WHERE number > 1"))
                .contains("SELECT `code` FROM", "\"item\"", "WHERE `id` > ");
        assertThat(rows("SELECT p.number, l.text FROM product p JOIN line l ON l.item_id = p.number ORDER BY 1")
                        .toString())
                .isEqualTo("[[1, x], [2, y]]");
        assertThat(rows("SELECT target_table, target_column FROM system.foreign_keys")
                        .toString())
                .isEqualTo("[[Product, number]]");
        assertThat(catchThrowable(() -> rows("SELECT * FROM item"))).hasMessageContaining("'item' not found");
        assertThat(catchThrowable(() -> rows("SELECT secret FROM product"))).hasMessageContaining("secret");
    }

    @Test
    void aRetypedColumnIsCastAndComparedAsWhatItIsReadAs() {
        override(
                set(Target.of(ITEM, "code"), Aspect.TYPE, "INTEGER"),
                set(Target.of(ITEM, "sold"), Aspect.TYPE, "BOOLEAN"));

        assertThat(rows("SELECT code + 1, sold FROM item ORDER BY code").toString())
                .isEqualTo("[[8, false], [13, true], [null, true]]");
        assertThat(rows("SELECT id FROM item WHERE code = 7 AND NOT sold").toString())
                .isEqualTo("[[1]]");
        assertThat(rows("SELECT sum(code) FROM item").toString()).isEqualTo("[[19]]");
        assertThat(rows("SELECT data_type FROM system.columns WHERE column_name IN ('code', 'sold')")
                        .toString())
                .isEqualTo("[[INTEGER], [BOOLEAN]]");
    }

    @Test
    void aValueThatDoesNotConvertNamesTheOverride() throws SQLException {
        override(set(Target.of(ITEM, "secret"), Aspect.TYPE, "DECIMAL(10, 2)"));

        Throwable failure = catchThrowable(() -> rows("SELECT secret FROM item"));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        StatementFailedException.class,
                        e -> assertThat(e.sqlState()).isEqualTo("22018"))
                .hasMessageContaining("'a' is not a valid DECIMAL")
                .hasMessageContaining("reads shop.main.item.secret (VARCHAR as DECIMAL(10, 2)) by an override");
        assertThat(rows("SELECT id FROM item ORDER BY id").toString()).isEqualTo("[[1], [2], [3]]");
    }

    @Test
    void aKeyThatAUserDeclaredIsUsedByThePlannerAndShownToTools() {
        override(set(Target.of(new TableName(ITEM.source(), "main", "line")), Aspect.KEY, "[\"item_id\"]"));

        assertThat(rows("SELECT column_name, kind FROM system.keys WHERE table_name = 'line'")
                        .toString())
                .isEqualTo("[[item_id, primary]]");
        assertThat(rows("SELECT DISTINCT item_id FROM line ORDER BY 1").toString())
                .isEqualTo("[[1], [2]]");
    }

    @Test
    void nestedColumnsAreShownAsOneDocument() {
        TableName parcel = new TableName(DOCS, schema(), "parcel");
        override(set(Target.of(parcel, "to"), Aspect.NESTING, "json"));

        assertThat(rows("SELECT column_name FROM system.columns WHERE table_name = 'parcel' ORDER BY ordinal_position")
                        .toString())
                .isEqualTo("[[_id], [to], [n]]");
        assertThat(rows("SELECT n, \"to\" FROM parcel ORDER BY n").toString())
                .isEqualTo("[[1, {\"city\":\"Zürich \\\"x\\\"\",\"at\":{\"lat\":47.5,\"day\":\"2024-02-29\"}}],"
                        + " [2, {\"city\":\"Rom\"}], [3, null]]");
        assertThat(rows("SELECT n FROM parcel WHERE \"to\" IS NULL").toString()).isEqualTo("[[3]]");
    }

    private String schema() {
        try (Registry registry = Registry.open(configuration.registry(), Clock.systemUTC())) {
            return registry.current()
                    .source(DOCS)
                    .orElseThrow()
                    .tables()
                    .get(0)
                    .name()
                    .schema();
        }
    }

    /** A pair that the registry lets pass must be one that the engine casts, at most with an error of the data. */
    @Test
    void whateverTheRegistryAcceptsTheEngineCasts() throws IOException, SQLException {
        Map<String, String> natives = new LinkedHashMap<>();
        natives.put("BOOLEAN", "boolean = true");
        natives.put("SMALLINT", "smallint = 1");
        natives.put("INTEGER", "integer = 1");
        natives.put("BIGINT", "bigint = 1");
        natives.put("REAL", "real = 1");
        natives.put("DOUBLE", "double precision = 1.5");
        natives.put("DECIMAL(12, 2)", "numeric(12,2) = 1.25");
        natives.put("VARCHAR", "text = '1'");
        natives.put("DATE", "date = '2024-02-29'");
        natives.put("TIME", "time = '10:00:00'");
        natives.put("TIMESTAMP", "timestamp = '2024-02-29 10:00:00'");
        natives.put("TIMESTAMP WITH LOCAL TIME ZONE", "timestamptz = '2024-02-29 10:00:00+00'");
        natives.put("VARBINARY", "bytea = '\\x01'");
        natives.put("INTEGER ARRAY", "integer[] = '{1}'");
        PostgresDatabase database = TestServers.newPostgresDatabase();
        List<String> types = List.copyOf(natives.keySet());
        List<String> columns = new ArrayList<>();
        for (int from = 0; from < types.size(); from++) {
            String[] parts = natives.get(types.get(from)).split(" = ");
            for (int to = 0; to < types.size(); to++) {
                columns.add("c" + from + "_" + to + " " + parts[0] + " DEFAULT " + parts[1]);
            }
        }
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE wide (" + String.join(", ", columns) + ")");
            statement.execute("INSERT INTO wide DEFAULT VALUES");
        }
        Path yaml = Files.writeString(
                directory.resolve("wide.yaml"),
                "registry: wide.db\nsources: {pg: {kind: postgresql, url: '" + database.jdbcUrl() + "', user: "
                        + database.user() + ", password: '" + database.password() + "'}}\n");
        Main main = new Main(Clock.systemUTC());
        configuration = new ConfigurationReader(main.kinds(), Map.of()).read(yaml);
        try (LocalDeployment first = main.open(configuration)) {
            first.introspect(List.of(new SourceId("pg")), Progress.SILENT);
        }
        List<String> accepted = new ArrayList<>();
        try (Registry registry = Registry.open(configuration.registry(), Clock.systemUTC())) {
            TableName wide = new TableName(new SourceId("pg"), "public", "wide");
            for (int from = 0; from < types.size(); from++) {
                for (int to = 0; to < types.size(); to++) {
                    String column = "c" + from + "_" + to;
                    try {
                        registry.annotate(set(Target.of(wide, column), Aspect.TYPE, types.get(to)));
                        accepted.add(column);
                    } catch (QueryException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
                    }
                }
            }
        }
        assertThat(accepted).hasSizeGreaterThan(70).hasSizeLessThan(types.size() * types.size());
        deployment = main.open(configuration);
        // '1' is a number and a truth, but no date and no time.
        List<String> ofText = accepted.stream()
                .filter(column -> column.matches("c7_(8|9|10|11)"))
                .toList();
        assertThat(ofText).hasSize(4);
        for (String column : ofText) {
            assertThat(catchThrowable(() -> rows("SELECT " + column + " FROM wide")))
                    .isInstanceOfSatisfying(
                            StatementFailedException.class,
                            e -> assertThat(e.sqlState()).startsWith("22"))
                    .hasMessageContaining("by an override");
        }
        accepted.removeAll(ofText);
        assertThat(rows("SELECT " + String.join(", ", accepted) + " FROM wide").get(0))
                .hasSameSizeAs(accepted)
                .doesNotContainNull();
    }
}
