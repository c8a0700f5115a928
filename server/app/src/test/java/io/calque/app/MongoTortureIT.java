package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every column of the MongoDB adapter's torture documents, reached by its quoted name. */
class MongoTortureIT {
    private static final Path DOCUMENTS = Path.of("../../adapters/mongodb/src/test/resources/torture");

    @TempDir
    private Path directory;

    @Test
    void reachesEveryColumnByItsQuotedName() throws Exception {
        Path configuration = directory.resolve("calque.yaml");
        Files.writeString(configuration, "sources: {docs: {kind: mongodb, url: '" + load() + "'}}\n");
        SoftAssertions assertions = new SoftAssertions();
        int read = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:calque:file:" + configuration);
                Statement statement = connection.createStatement()) {
            Map<String, List<String>> tables = tables(statement);
            assertThat(tables).hasSizeGreaterThan(50);
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                for (List<String> columns : inParts(table.getValue())) {
                    read += select(statement, table.getKey(), columns, assertions);
                }
            }
        }
        assertions.assertAll();
        assertThat(read).isGreaterThan(500);
    }

    /** Reads columns together, and where one of them holds a value that it cannot show, one by one. */
    private static int select(Statement statement, String table, List<String> columns, SoftAssertions assertions) {
        String sql = "SELECT " + columns.stream().map(MongoTortureIT::quoted).collect(Collectors.joining(", "))
                + " FROM " + "docs." + quoted(table);
        try (ResultSet rows = statement.executeQuery(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                assertions
                        .assertThat(rows.getMetaData().getColumnLabel(i + 1))
                        .as(sql)
                        .isEqualTo(columns.get(i));
            }
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    rows.getObject(i);
                }
            }
            return columns.size();
        } catch (SQLException e) {
            if (columns.size() > 1) {
                return columns.stream()
                        .mapToInt(column -> select(statement, table, List.of(column), assertions))
                        .sum();
            }
            assertions
                    .assertThat(String.valueOf(e.getMessage()))
                    .as(sql)
                    .contains("field " + table + "." + columns.get(0), "option 'type.", "mixed_types: null");
            return 0;
        }
    }

    private static Map<String, List<String>> tables(Statement statement) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (ResultSet columns = statement.executeQuery("SELECT table_name, column_name FROM system.columns"
                + " WHERE source = 'docs' ORDER BY table_name, ordinal_position")) {
            while (columns.next()) {
                tables.computeIfAbsent(columns.getString(1), name -> new ArrayList<>())
                        .add(columns.getString(2));
            }
        }
        return tables;
    }

    private static List<List<String>> inParts(List<String> columns) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += 50) {
            parts.add(columns.subList(from, Math.min(columns.size(), from + 50)));
        }
        return parts;
    }

    /** In quotes; a line break has no place in them but as U&"\000A". */
    private static String quoted(String name) {
        String inner = name.replace("\"", "\"\"");
        return name.chars().noneMatch(c -> c == '\n' || c == '\r')
                ? "\"" + inner + "\""
                : "U&\"" + inner.replace("\\", "\\\\").replace("\n", "\\000A").replace("\r", "\\000D") + "\"";
    }

    /** Those files that the embedded server can hold; see the first line of each. */
    private static String load() throws IOException {
        MongoDatabaseAddress address = TestServers.newMongoDatabase();
        try (MongoClient client = MongoClients.create(address.connectionString());
                Stream<Path> files = Files.list(DOCUMENTS)) {
            MongoDatabase database = client.getDatabase(address.database());
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                List<BsonDocument> lines = new ArrayList<>();
                Files.readAllLines(file).forEach(line -> lines.add(BsonDocument.parse(line)));
                BsonDocument head = lines.remove(0);
                String collection = head.getString("collection").getValue();
                if (head.getBoolean("embedded", BsonBoolean.TRUE).getValue()) {
                    database.createCollection(collection);
                    if (!lines.isEmpty()) {
                        database.getCollection(collection, BsonDocument.class).insertMany(lines);
                    }
                }
            }
        }
        return address.connectionString();
    }
}
