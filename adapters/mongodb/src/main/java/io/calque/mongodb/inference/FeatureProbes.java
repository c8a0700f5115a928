package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * Asks a server what it computes, one short aggregation a feature. A refusal and a wrong answer count alike; numbers are compared by
 * value, because it does not matter in which type an exact answer comes. Stateless.
 */
final class FeatureProbes {
    private static final long PATIENCE_SECONDS = 5;

    private FeatureProbes() {}

    static Set<ServerFeature> of(MongoCollection<BsonDocument> documents) {
        Set<ServerFeature> proven = EnumSet.noneOf(ServerFeature.class);
        for (ServerFeature feature : ServerFeature.values()) {
            if (holds(documents, feature)) {
                proven.add(feature);
            }
        }
        return proven;
    }

    private static boolean holds(MongoCollection<BsonDocument> documents, ServerFeature feature) {
        List<BsonDocument> stages = new ArrayList<>();
        // One document comes of it whatever the collection holds.
        BsonDocument one = new BsonDocument("$limit", new BsonInt32(1));
        stages.add(one);
        stages.add(new BsonDocument("$facet", new BsonDocument("one", new BsonArray(List.of(one)))));
        stages.addAll(feature.stages());
        try {
            BsonDocument answer = documents
                    .aggregate(stages)
                    .maxTime(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .first();
            return answer != null && answer.containsKey("r") && same(answer.get("r"), feature.answer());
        } catch (MongoCommandException e) {
            return false;
        }
    }

    private static boolean same(BsonValue given, BsonValue expected) {
        if (given.isArray() && expected.isArray()) {
            BsonArray left = given.asArray();
            BsonArray right = expected.asArray();
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!same(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (given.isNumber() && expected.isNumber()) {
            return given.asNumber()
                            .decimal128Value()
                            .bigDecimalValue()
                            .compareTo(expected.asNumber().decimal128Value().bigDecimalValue())
                    == 0;
        }
        return given.equals(expected);
    }
}
