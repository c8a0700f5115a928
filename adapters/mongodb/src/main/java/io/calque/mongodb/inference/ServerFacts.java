package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * What a server was seen to do, as facts that its tables carry: the planner never connects, and what it may ask for must be what was
 * proven. Immutable.
 */
record ServerFacts(SortedMap<String, String> facts) {
    ServerFacts {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A view computes first, and a collation answers for itself: neither is asked. */
    static ServerFacts of(MongoClient client, List<FoundCollection> found) {
        SortedMap<String, String> facts = new TreeMap<>();
        List<MongoCollection<BsonDocument>> plain = found.stream()
                .filter(c -> !c.isComputed() && c.collation().isEmpty())
                .map(c -> client.getDatabase(c.database()).getCollection(c.name(), BsonDocument.class))
                .toList();
        TextOrder order = new TextOrder();
        if (plain.stream().anyMatch(order::isByCodePoint)) {
            facts.put(ColumnFacts.TEXT_ORDER, ColumnFacts.CODE_POINT);
        }
        Optional<MongoCollection<BsonDocument>> asked = plain.stream().findFirst();
        Set<ServerFeature> features = EnumSet.noneOf(ServerFeature.class);
        asked.map(FeatureProbes::of).ifPresent(features::addAll);
        if (isSharded(client)) {
            // Whether the other collection may be sharded depends on the version, and is not seen before it is tried.
            features.remove(ServerFeature.LOOKUP);
            features.remove(ServerFeature.UNION_WITH);
        }
        if (asked.filter(c -> explains(client, c)).isPresent()) {
            facts.put(ColumnFacts.INDEX_PLANS, "explained");
        }
        if (!features.isEmpty()) {
            facts.put(ServerFeature.FACT, ServerFeature.text(features));
        }
        return new ServerFacts(facts);
    }

    private static boolean isSharded(MongoClient client) {
        try {
            BsonDocument hello = client.getDatabase("admin")
                    .runCommand(new BsonDocument("hello", new BsonInt32(1)), BsonDocument.class);
            return hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid");
        } catch (MongoCommandException e) {
            return false;
        }
    }

    /** A server that can say that it found {@code _id} by its index chooses by indexes. */
    private static boolean explains(MongoClient client, MongoCollection<BsonDocument> documents) {
        BsonDocument find = new BsonDocument(
                        "find", new BsonString(documents.getNamespace().getCollectionName()))
                .append("filter", new BsonDocument("_id", new BsonInt32(1)));
        BsonDocument explain = new BsonDocument("explain", find).append("verbosity", new BsonString("queryPlanner"));
        try {
            String plan = client.getDatabase(documents.getNamespace().getDatabaseName())
                    .runCommand(explain, BsonDocument.class)
                    .toJson();
            return plan.contains("IDHACK") || plan.contains("IXSCAN");
        } catch (MongoCommandException e) {
            return false;
        }
    }
}
