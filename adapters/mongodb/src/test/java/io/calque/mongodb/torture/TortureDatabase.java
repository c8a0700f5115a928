package io.calque.mongodb.torture;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.calque.embedded.MongoServer;
import io.calque.mongodb.RecordedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The documents under {@code src/test/resources/torture}: all of them in a server that replays what MongoDB would say, and those that the
 * embedded server can hold in that one too. The first line of each file describes its collection ({@code type}, {@code options} and {@code info}
 * as {@code listCollections} shows them, {@code indexes} as {@code listIndexes} does), the others are its documents in extended JSON.
 */
final class TortureDatabase implements AutoCloseable {
    static final String NAME = "torture";

    private static final Path FILES = Path.of("src/test/resources/torture");

    private final MongoServer embedded = MongoServer.start();
    private final RecordedServer recorded = new RecordedServer();
    private final Map<String, List<BsonDocument>> documents = new TreeMap<>();

    TortureDatabase() {
        try (MongoClient client = embedded.connect();
                Stream<Path> files = Files.list(FILES)) {
            MongoDatabase database = client.getDatabase(NAME);
            files.filter(f -> f.toString().endsWith(".jsonl")).sorted().forEach(file -> load(file, database));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(Path file, MongoDatabase database) {
        List<BsonDocument> read = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> read.add(BsonDocument.parse(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BsonDocument head = read.remove(0);
        String collection = head.getString("collection").getValue();
        documents.put(collection, read);
        recorded.put(NAME, new RecordedServer.Stored(listed(head), indexes(head), read));
        if (head.getBoolean("embedded", BsonBoolean.TRUE).getValue()) {
            database.createCollection(collection);
            if (!read.isEmpty()) {
                database.getCollection(collection, BsonDocument.class).insertMany(read);
            }
        }
    }

    private static BsonDocument listed(BsonDocument head) {
        return new BsonDocument("name", head.get("collection"))
                .append("type", head.getString("type", new BsonString("collection")))
                .append("options", head.getDocument("options", new BsonDocument()))
                .append("info", head.getDocument("info", new BsonDocument("readOnly", BsonBoolean.FALSE)));
    }

    private static List<BsonDocument> indexes(BsonDocument head) {
        BsonDocument ofId = BsonDocument.parse("{v: 2, key: {_id: 1}, name: '_id_'}");
        return head.getArray("indexes", new BsonArray(List.of(ofId))).stream()
                .map(BsonValue::asDocument)
                .toList();
    }

    String recordedUrl() {
        return "mongodb://127.0.0.1:" + recorded.port() + "/" + NAME;
    }

    String embeddedUrl() {
        return embedded.database(NAME).connectionString();
    }

    /** As the embedded server has them, which may not be as they were sent. */
    List<BsonDocument> embedded(String collection) {
        try (MongoClient client = embedded.connect()) {
            return client.getDatabase(NAME)
                    .getCollection(collection, BsonDocument.class)
                    .find()
                    .into(new ArrayList<>());
        }
    }

    List<BsonDocument> checkedIn(String collection) {
        return documents.getOrDefault(collection, List.of());
    }

    @Override
    public void close() {
        recorded.close();
        embedded.close();
    }
}
