package io.calque.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.calque.embedded.MongoServer;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;

/** A server of its own with a database {@code shop}, and the source that reads it. */
public final class MongoFixture implements AutoCloseable {
    public static final SourceId ID = new SourceId("crm");

    private final MongoServer server = MongoServer.start();
    private final MongoClient client = server.connect();

    /** Inserts documents written as extended JSON. */
    public void insert(String collection, String... documents) {
        MongoCollection<BsonDocument> target = collection(collection);
        target.insertMany(Arrays.stream(documents).map(BsonDocument::parse).toList());
    }

    public int port() {
        return server.port();
    }

    public MongoCollection<BsonDocument> collection(String name) {
        return client.getDatabase("shop").getCollection(name, BsonDocument.class);
    }

    public Source source() {
        return source(Map.of());
    }

    public Source source(Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(ID, "mongodb", server.database("shop").connectionString())
                        .withOptions(options));
    }

    public static Observation observe(Source source) {
        return source.introspector().observe(Progress.SILENT);
    }

    public static TableDescriptor table(Source source, String name) {
        return observe(source).tables().stream()
                .filter(t -> t.name().table().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table " + name));
    }

    public static List<List<Object>> rows(Source source, NativeQuery query) {
        return rows(source, query, Bindings.NONE);
    }

    /** All rows; lists so that nulls can stand in them. */
    public static List<List<Object>> rows(Source source, NativeQuery query, Bindings bindings) {
        List<List<Object>> rows = new ArrayList<>();
        try (ReadSession session = source.begin(new ReadOptions("test", 3, Duration.ofSeconds(30)));
                RowCursor cursor = session.read(query, bindings)) {
            for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
                for (int row = 0; row < batch.get().rows(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (int column = 0; column < batch.get().columns().size(); column++) {
                        values.add(batch.get().columns().get(column).get(row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
