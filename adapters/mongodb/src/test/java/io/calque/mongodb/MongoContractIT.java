package io.calque.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.spi.SourceId;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.testkit.TestServers;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;
import io.calque.testkit.contract.FixtureTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * The contract on a server that speaks MongoDB's protocol: the embedded one, or the one that {@code CALQUE_TEST_MONGODB_URL}
 * names, where a database {@code calque_contract} is made and dropped.
 */
class MongoContractIT extends AdapterContractTest {
    private static final String SERVER = "CALQUE_TEST_MONGODB_URL";

    @Override
    protected ContractDatabase database() {
        return Optional.ofNullable(System.getenv(SERVER))
                .map(url -> new Database(url, "calque_contract"))
                .orElseGet(() -> {
                    MongoDatabaseAddress address = TestServers.newMongoDatabase();
                    return new Database(address.connectionString(), address.database());
                });
    }

    @Override
    protected Optional<String> documentedAs() {
        return Optional.of("MongoDB");
    }

    static final class Database implements ContractDatabase {
        private static final int BATCH_DOCUMENTS = 5000;

        private final String url;
        private final MongoClient client;
        private final MongoDatabase database;

        Database(String url, String name) {
            this.url = url;
            this.client = MongoClients.create(url);
            this.database = client.getDatabase(name);
            database.drop();
        }

        @Override
        public Adapter adapter() {
            return new MongoAdapter();
        }

        @Override
        public SourceConfig config() {
            // An empty collection says nothing of its fields: a person does.
            return SourceConfig.of(new SourceId("documents"), "mongodb", url)
                    .withOptions(Map.of(
                            "databases", database.getName(),
                            "type.vacant.id", "INTEGER",
                            "type.vacant.t", "VARCHAR",
                            "type.vacant.d", "DECIMAL(38, 2)"));
        }

        @Override
        public String schema() {
            return database.getName();
        }

        @Override
        public Optional<DataType> stored(DataType logical) {
            return switch (logical.kind()) {
                case SMALLINT -> Optional.of(DataType.INTEGER);
                case REAL -> Optional.of(DataType.DOUBLE);
                // A Decimal128 holds 34 digits, and says how many of them are behind the point only value by value.
                case DECIMAL ->
                    logical.precision() > 34
                            ? Optional.empty()
                            : Optional.of(DataType.decimal(DataType.MAX_PRECISION, logical.scale()));
                case TIME -> Optional.empty();
                case TIMESTAMP_TZ -> Optional.of(DataType.TIMESTAMP);
                default -> Optional.of(logical);
            };
        }

        @Override
        public void create(FixtureTable table) {
            database.createCollection(table.name());
            MongoCollection<Document> collection = database.getCollection(table.name());
            table.key()
                    .ifPresent(key -> collection.createIndex(Indexes.ascending(key), new IndexOptions().unique(true)));
            try (Stream<? extends List<?>> rows = table.rows().stream()) {
                List<Document> pending = new ArrayList<>();
                int ordinal = 0;
                for (Iterator<? extends List<?>> i = rows.iterator(); i.hasNext(); ) {
                    pending.add(document(table, i.next(), ordinal++));
                    if (pending.size() == BATCH_DOCUMENTS || !i.hasNext()) {
                        collection.insertMany(pending);
                        pending.clear();
                    }
                }
            }
        }

        @Override
        public boolean leavesOut() {
            return true;
        }

        /** NULL is a null in every other column and a missing field in the rest, and the other way round in the next row. */
        private static Document document(FixtureTable table, List<?> row, int ordinal) {
            Document document = new Document();
            for (int i = 0; i < row.size(); i++) {
                FixtureTable.Column column = table.columns().get(i);
                Object value = row.get(i) == null ? null : bson(row.get(i), column.type());
                if (value != null || (i + ordinal) % 2 != 0) {
                    document.append(column.name(), value);
                }
            }
            return document;
        }

        private static Object bson(Object value, DataType type) {
            return switch (type.kind()) {
                case SMALLINT, INTEGER -> ((Number) value).intValue();
                case REAL -> ((Number) value).doubleValue();
                case DECIMAL -> new Decimal128((BigDecimal) value);
                case DATE ->
                    Date.from(((LocalDate) value).atStartOfDay(ZoneOffset.UTC).toInstant());
                case TIMESTAMP -> Date.from(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
                case TIMESTAMP_TZ -> Date.from((Instant) value);
                default -> value;
            };
        }

        @Override
        public void append(FixtureTable table, List<?> row) {
            database.getCollection(table.name()).insertOne(document(table, row, 0));
        }

        @Override
        public void remove(FixtureTable table, String column, Object value) {
            database.getCollection(table.name()).deleteMany(new Document(column, value));
        }

        @Override
        public Optional<SourceConfig> at(String host, int port) {
            return Optional.of(
                    SourceConfig.of(new SourceId("documents"), "mongodb", "mongodb://" + host + ":" + port + "/some"));
        }

        @Override
        public Optional<String> nativeRead(FixtureTable table, List<String> columns) {
            String wanted = columns.stream().map(c -> c + ": 1").collect(Collectors.joining(", "));
            return Optional.of("db." + table.name() + ".aggregate([{$project: {_id: 0, " + wanted + "}}])");
        }

        @Override
        public List<String> nativeWrites(FixtureTable table) {
            return List.of(
                    "db." + table.name() + ".aggregate([{$match: {}}, {$out: \"copy\"}])",
                    "db." + table.name() + ".aggregate([{$merge: {into: \"copy\"}}])",
                    "{\"delete\": \"" + table.name() + "\", \"deletes\": [{\"q\": {}, \"limit\": 0}]}",
                    "{\"aggregate\": \"" + table.name() + "\", \"pipeline\": [{\"$out\": \"copy\"}]}");
        }

        @Override
        public void close() {
            database.drop();
            client.close();
        }
    }
}
