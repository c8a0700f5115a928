package io.calque.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCursor;
import io.calque.mongodb.inference.ResultShape;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.mongodb.pipeline.PipelineQuery.DatabaseForm;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * Types a native query by running it over its first documents. Immutable, thread-safe.
 */
final class PassThrough {
    private static final int SAMPLE = 1_000;
    private static final long MAX_SECONDS = 30;

    private final SourceId source;
    private final String address;
    private final Optional<String> defaultDatabase;

    PassThrough(SourceId source, String address, Optional<String> defaultDatabase) {
        this.source = source;
        this.address = address;
        this.defaultDatabase = defaultDatabase;
    }

    /**
     * @param client connects when the text could be read
     */
    NativeQuery type(String text, Supplier<MongoClient> client) {
        NativeText query = NativeText.parse(source, text);
        String database = query.database()
                .or(() -> defaultDatabase)
                .orElseThrow(() -> new QueryException(
                        ErrorCode.INVALID_PARAMETER,
                        "Source '" + source + "' has several databases; write db.getSiblingDB(\"name\")."
                                + query.collection() + ".aggregate([...])"));
        List<BsonDocument> sampled = new ArrayList<>(query.stages());
        sampled.add(new BsonDocument("$limit", new BsonInt32(SAMPLE)));
        ResultShape shape = new ResultShape();
        try (MongoCursor<BsonDocument> documents = client.get()
                .getDatabase(database)
                .getCollection(query.collection(), BsonDocument.class)
                .aggregate(sampled)
                .batchSize(SAMPLE)
                .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                .iterator()) {
            documents.forEachRemaining(shape::add);
        } catch (MongoCommandException e) {
            QueryException failure = Failures.of(source, address, "while typing a native query", e);
            throw failure.code() == ErrorCode.SOURCE_READ_FAILED
                    ? new QueryException(
                            ErrorCode.SYNTAX_ERROR,
                            "Source '" + source + "' rejects the native query: " + e.getErrorMessage(),
                            e)
                    : failure;
        } catch (RuntimeException e) {
            throw Failures.of(source, address, "while typing a native query", e);
        }
        boolean unnamed = defaultDatabase.filter(database::equals).isPresent();
        return new PipelineQuery(
                source,
                database,
                unnamed ? DatabaseForm.DEFAULT : DatabaseForm.NAMED,
                query.collection(),
                query.stages(),
                shape.fields(source, database, query.collection()),
                WhenEmpty.NO_ROWS);
    }
}
