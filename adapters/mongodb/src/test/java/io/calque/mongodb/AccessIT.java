package io.calque.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rights and credentials, against replies as MongoDB documents them: no server here asks for a password. SCRAM is followed to its first
 * message only; PLAIN, which needs no computing on the server, to the end.
 */
class AccessIT {
    private static final String DENIED = "not authorized on admin to execute command { listDatabases: 1 }";

    private RecordedServer server;

    @BeforeEach
    void start() {
        server = new RecordedServer();
        for (String database : List.of("shop", "other")) {
            server.put(
                    database,
                    new RecordedServer.Stored(
                            BsonDocument.parse("{name: 'orders', type: 'collection', options: {}, info: {}}"),
                            List.of(BsonDocument.parse("{v: 2, key: {_id: 1}, name: '_id_'}")),
                            List.of(BsonDocument.parse("{_id: 1, total: 5}"))));
        }
        server.record(
                "saslStart",
                command -> RecordedServer.ok(new BsonDocument("conversationId", new BsonInt32(1))
                        .append("done", BsonBoolean.TRUE)
                        .append("payload", new BsonBinary(new byte[0]))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Source source(String path, Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(MongoFixture.ID, "mongodb", "mongodb://127.0.0.1:" + server.port() + path)
                        .withOptions(options));
    }

    private Source source(String path, String user, Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(MongoFixture.ID, "mongodb", "mongodb://127.0.0.1:" + server.port() + path)
                        .withOptions(new TreeMap<>(options))
                        .withCredentials(user, new Secret("s3cret")));
    }

    private static List<String> tables(Observation observation) {
        return observation.tables().stream()
                .map(t -> t.name().schema() + "." + t.name().table())
                .toList();
    }

    @Test
    void readsEveryDatabaseThatTheUserMayList() {
        try (Source source = source("/", Map.of())) {
            assertThat(tables(MongoFixture.observe(source))).containsExactly("other.orders", "shop.orders");
        }
    }

    @Test
    void readsTheUsersOwnDatabaseWhenItMayListNone() {
        server.record("listDatabases", command -> RecordedServer.refusal(13, "Unauthorized", DENIED));
        try (Source source = source("/", "reader", Map.of("auth_mechanism", "PLAIN", "auth_source", "shop"))) {
            Observation observation = MongoFixture.observe(source);
            assertThat(tables(observation)).containsExactly("shop.orders");
            assertThat(observation.warnings())
                    .singleElement()
                    .asString()
                    .contains("only database shop", "may not list databases", "option databases");
        }
    }

    @Test
    void asksForNoListWhereTheUrlNamesADatabase() {
        server.record("listDatabases", command -> RecordedServer.refusal(13, "Unauthorized", DENIED));
        try (Source source = source("/other", Map.of())) {
            assertThat(tables(MongoFixture.observe(source))).containsExactly("other.orders");
        }
    }

    @Test
    void saysWhatToConfigureWhenNothingNamesADatabase() {
        server.record("listDatabases", command -> RecordedServer.refusal(13, "Unauthorized", DENIED));
        try (Source source = source("/", Map.of())) {
            assertThatThrownBy(() -> MongoFixture.observe(source))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("may not list databases")
                    .hasMessageContaining("option databases")
                    .extracting(e -> ((QueryException) e).code())
                    .isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
    }

    @Test
    void listsNamesOnlyWhereDefinitionsAreHidden() {
        server.record(
                "listCollections",
                command -> command.getBoolean("authorizedCollections", BsonBoolean.FALSE)
                                .getValue()
                        ? RecordedServer.cursor(
                                "shop.$cmd.listCollections",
                                List.of(BsonDocument.parse("{name: 'orders', type: 'collection'}")))
                        : RecordedServer.refusal(13, "Unauthorized", "not authorized on shop to execute command"));
        server.record("collStats", command -> RecordedServer.refusal(13, "Unauthorized", "not authorized"));
        server.record("listIndexes", command -> RecordedServer.refusal(13, "Unauthorized", "not authorized"));
        try (Source source = source("/shop", Map.of())) {
            Observation observation = MongoFixture.observe(source);
            assertThat(tables(observation)).containsExactly("shop.orders");
            assertThat(observation.tables().get(0).statistics().rowCount()).hasValue(1);
        }
    }

    @Test
    void leavesOutOnlyTheCollectionThatMayNotBeRead() {
        server.put(
                "shop",
                new RecordedServer.Stored(
                        BsonDocument.parse("{name: 'salaries', type: 'collection', options: {}, info: {}}"),
                        List.of(),
                        List.of()));
        server.record(
                "find",
                command -> command.getString("find").getValue().equals("salaries")
                        ? RecordedServer.refusal(13, "Unauthorized", "not authorized on shop to execute command find")
                        : RecordedServer.cursor("shop.orders", List.of(BsonDocument.parse("{_id: 1, total: 5}"))));
        try (Source source = source("/shop", Map.of())) {
            Observation observation = MongoFixture.observe(source);
            assertThat(tables(observation)).containsExactly("shop.orders");
            assertThat(observation.warnings()).singleElement().asString().contains("shop.salaries is left out");
        }
    }

    /** A server that is too busy to answer says nothing of what its collections are. */
    @Test
    void keepsWhatWasKnownOfACollectionThatIsTooSlow() {
        try (Source source = source("/shop", Map.of())) {
            List<TableDescriptor> known = MongoFixture.observe(source).tables();
            server.record(
                    "find", command -> RecordedServer.refusal(50, "MaxTimeMSExpired", "operation exceeded time limit"));
            Observation again = source.introspector()
                    .observe(
                            Optional.of(new SourceSnapshot(
                                    MongoFixture.ID,
                                    "mongodb",
                                    "",
                                    known,
                                    Optional.of(Instant.EPOCH),
                                    Optional.empty())),
                            Progress.SILENT);
            assertThat(again.tables()).isEqualTo(known);
            assertThat(again.warnings()).singleElement().asString().contains("shop.orders is shown as it was");
        }
    }

    @Test
    void sendsUserAndPasswordAsTheOptionsSay() {
        LinkedBlockingQueue<BsonDocument> asked = new LinkedBlockingQueue<>();
        server.record("saslStart", command -> {
            asked.add(command);
            return RecordedServer.ok(new BsonDocument("conversationId", new BsonInt32(1))
                    .append("done", BsonBoolean.TRUE)
                    .append("payload", new BsonBinary(new byte[0])));
        });
        try (Source source = source("/shop", "reader", Map.of("auth_mechanism", "PLAIN", "auth_source", "$external"))) {
            assertThat(tables(MongoFixture.observe(source))).containsExactly("shop.orders");
        }
        BsonDocument first = asked.remove();
        assertThat(first.getString("mechanism").getValue()).isEqualTo("PLAIN");
        assertThat(first.getString("$db").getValue()).isEqualTo("$external");
        assertThat(new String(first.getBinary("payload").getData(), StandardCharsets.UTF_8))
                .isEqualTo("reader\0reader\0s3cret");
    }

    @Test
    void saysWhoRefusedThePasswordAndNotThePassword() {
        LinkedBlockingQueue<BsonDocument> asked = new LinkedBlockingQueue<>();
        server.record("saslStart", command -> {
            asked.add(command);
            return RecordedServer.refusal(18, "AuthenticationFailed", "Authentication failed.");
        });
        try (Source source = source(
                "/shop", "reader", Map.of("auth_mechanism", "SCRAM-SHA-256", "server_selection_timeout_ms", "3000"))) {
            assertThatThrownBy(() -> MongoFixture.observe(source))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("'crm'")
                    .hasMessageContaining("refused the user or password")
                    .hasMessageNotContaining("s3cret")
                    .extracting(e -> ((QueryException) e).code())
                    .isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
        assertThat(asked.remove().get("mechanism")).isEqualTo(new BsonString("SCRAM-SHA-256"));
    }

    /** Shards may count documents on the move twice. */
    @Test
    void countsASmallCollectionItselfWhateverTheBooksSay() {
        server.record(
                "collStats",
                command -> RecordedServer.ok(BsonDocument.parse(
                        "{ns: 'shop.orders', sharded: true, size: {$numberLong: '70'}, count: {$numberLong: '2'},"
                                + " shards: {shard01: {count: 1}, shard02: {count: 1}}}")));
        try (Source source = source("/shop", Map.of())) {
            assertThat(MongoFixture.observe(source).tables().get(0).statistics().rowCount())
                    .hasValue(1);
        }
    }
}
