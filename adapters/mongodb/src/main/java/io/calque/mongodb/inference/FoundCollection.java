package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.TableKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * A collection as the server lists it.
 *
 * @param kind VIEW for views and for time series, which are stored in a collection of another form
 * @param options validator, collation and the like; empty where the user may only see names
 * @param listed the whole entry of {@code listCollections}
 */
record FoundCollection(String database, String name, TableKind kind, BsonDocument options, BsonDocument listed) {
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    /** Sorted by name. */
    static List<FoundCollection> in(MongoDatabase database) {
        List<FoundCollection> found = new ArrayList<>();
        try {
            for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
                found.add(of(database.getName(), listed));
            }
        } catch (MongoCommandException e) {
            // A user with rights on single collections may list their names only.
            found.clear();
            for (String name : database.listCollectionNames().authorizedCollections(true)) {
                found.add(of(database.getName(), new BsonDocument("name", new BsonString(name))));
            }
        }
        found.sort(Comparator.comparing(FoundCollection::name));
        return found;
    }

    /**
     * @param listed an entry of the reply to {@code listCollections}
     */
    static FoundCollection of(String database, BsonDocument listed) {
        String type = listed.getString("type", new BsonString("collection")).getValue();
        return new FoundCollection(
                database,
                listed.getString("name").getValue(),
                type.equals("view") ? TableKind.VIEW : TableKind.COLLECTION,
                listed.getDocument("options", new BsonDocument()),
                listed);
    }

    /** The locale of a collation other than the binary one. */
    Optional<String> collation() {
        BsonDocument collation = options.getDocument("collation", new BsonDocument());
        return collation.isString("locale")
                        && !collation.getString("locale").getValue().equals("simple")
                ? Optional.of(collation.getString("locale").getValue())
                : Optional.empty();
    }

    boolean isTimeSeries() {
        return options.isDocument("timeseries");
    }

    /** Whether the server keeps no count: one must be taken. */
    boolean isComputed() {
        return kind == TableKind.VIEW || isTimeSeries();
    }

    /** What the table is beside its columns. */
    SortedMap<String, String> facts() {
        SortedMap<String, String> facts = new TreeMap<>();
        collation().ifPresent(locale -> facts.put(ColumnFacts.COLLATION, locale));
        if (options.isString("viewOn")) {
            facts.put(
                    Facts.DEFINITION,
                    options.getString("viewOn").getValue() + " "
                            + json(new BsonDocument("pipeline", options.getOrDefault("pipeline", new BsonString("")))));
        }
        if (options.getBoolean("capped", BsonBoolean.FALSE).getValue()) {
            facts.put(Facts.CAPPED, json(part("size", "max")));
        }
        if (isTimeSeries()) {
            BsonDocument series = options.getDocument("timeseries").clone();
            if (options.containsKey("expireAfterSeconds")) {
                series.append("expireAfterSeconds", options.get("expireAfterSeconds"));
            }
            facts.put(Facts.TIME_SERIES, json(series));
        }
        if (options.containsKey("clusteredIndex")) {
            facts.put("clustered", json(part("clusteredIndex")));
        }
        return facts;
    }

    private BsonDocument part(String... names) {
        BsonDocument part = new BsonDocument();
        for (String name : names) {
            if (options.containsKey(name)) {
                part.append(name, options.get(name));
            }
        }
        return part;
    }

    private static String json(BsonDocument document) {
        return document.toJson(RELAXED);
    }
}
