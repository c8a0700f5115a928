package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.calque.spi.catalog.TableKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * A collection as the server lists it.
 *
 * @param options validator, collation and the like; empty where the user may only see names
 */
record FoundCollection(String database, String name, TableKind kind, BsonDocument options) {

    /** Sorted by name. */
    static List<FoundCollection> in(MongoDatabase database) {
        List<FoundCollection> found = new ArrayList<>();
        try {
            for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
                String type =
                        listed.getString("type", new BsonString("collection")).getValue();
                found.add(new FoundCollection(
                        database.getName(),
                        listed.getString("name").getValue(),
                        type.equals("view") ? TableKind.VIEW : TableKind.COLLECTION,
                        listed.getDocument("options", new BsonDocument())));
            }
        } catch (MongoCommandException e) {
            // A user with rights on single collections may list their names only.
            found.clear();
            for (String name : database.listCollectionNames().authorizedCollections(true)) {
                found.add(new FoundCollection(database.getName(), name, TableKind.COLLECTION, new BsonDocument()));
            }
        }
        found.sort(Comparator.comparing(FoundCollection::name));
        return found;
    }

    /** The locale of a collation other than the binary one. */
    Optional<String> collation() {
        BsonDocument collation = options.getDocument("collation", new BsonDocument());
        return collation.isString("locale")
                        && !collation.getString("locale").getValue().equals("simple")
                ? Optional.of(collation.getString("locale").getValue())
                : Optional.empty();
    }
}
