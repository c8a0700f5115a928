package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.calque.mongodb.inference.Sampler.Coverage;
import io.calque.mongodb.inference.SchemaBuilder.DatePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Whether a field that held only midnights in the sample holds only midnights everywhere, so that it is a DATE. Where the
 * sample was not the whole collection, the server is asked for one instant with a time of day. Single-threaded.
 */
final class Midnights implements Predicate<DatePath> {
    private static final long MAX_SECONDS = 20;
    private static final BsonInt64 DAY = new BsonInt64(86_400_000L);

    private final MongoCollection<BsonDocument> documents;
    private final Coverage coverage;
    private final List<String> warnings;

    Midnights(MongoCollection<BsonDocument> documents, Coverage coverage, List<String> warnings) {
        this.documents = documents;
        this.coverage = coverage;
        this.warnings = warnings;
    }

    @Override
    public boolean test(DatePath path) {
        if (coverage == Coverage.WHOLE) {
            return true;
        }
        if (path.path().stream().anyMatch(step -> !ColumnFacts.isAddressable(step))) {
            return false;
        }
        String dotted = String.join(".", path.path());
        List<BsonDocument> pipeline = new ArrayList<>();
        for (List<String> array : path.arrays()) {
            pipeline.add(new BsonDocument("$unwind", new BsonString("$" + String.join(".", array))));
        }
        BsonValue millis = call("$mod", call("$subtract", new BsonString("$" + dotted), new BsonDateTime(0)), DAY);
        // Null and missing give null; before 1970 the remainder is negative.
        BsonValue timeOfDay = call("$and", call("$ne", millis, new BsonInt64(0)), call("$gt", millis, BsonNull.VALUE));
        pipeline.add(new BsonDocument("$match", new BsonDocument("$expr", timeOfDay)));
        pipeline.add(new BsonDocument("$limit", new BsonInt32(1)));
        try {
            return documents
                            .aggregate(pipeline)
                            .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                            .first()
                    == null;
        } catch (MongoException e) {
            warnings.add(documents.getNamespace().getFullName() + " field " + dotted
                    + " holds only midnights as far as was looked; it is read as TIMESTAMP, because looking at all took too long."
                    + " Declare it with option type." + documents.getNamespace().getCollectionName() + "." + dotted
                    + ": DATE");
            return false;
        }
    }

    private static BsonValue call(String operator, BsonValue... operands) {
        return new BsonDocument(operator, new BsonArray(List.of(operands)));
    }
}
