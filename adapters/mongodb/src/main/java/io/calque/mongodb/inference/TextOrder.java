package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Asks the server how it orders text. MongoDB's simple collation compares UTF-8 bytes, which is code point order; servers that
 * only speak its protocol may compare UTF-16 units, which differs beyond the basic plane. Thread-safe; remembers the first answer,
 * which is the server's and not the collection's.
 */
final class TextOrder {
    /** U+FFFD and U+1F600: the greater code point has the smaller UTF-16 unit. */
    private static final BsonArray PROBE =
            new BsonArray(List.of(new BsonString("\uFFFD"), new BsonString("\uD83D\uDE00")));

    private Optional<Boolean> known = Optional.empty();

    /** False while no collection could be asked: an empty one answers nothing, a collation answers for itself. */
    synchronized boolean isByCodePoint(MongoCollection<BsonDocument> documents) {
        if (known.isEmpty()) {
            known = ask(documents);
        }
        return known.orElse(false);
    }

    private static Optional<Boolean> ask(MongoCollection<BsonDocument> documents) {
        BsonDocument projection = new BsonDocument("_id", new BsonInt32(0)).append("r", new BsonDocument("$lt", PROBE));
        try {
            BsonDocument answer = documents
                    .aggregate(List.of(
                            new BsonDocument("$limit", new BsonInt32(1)), new BsonDocument("$project", projection)))
                    .maxTime(5, TimeUnit.SECONDS)
                    .first();
            return answer == null ? Optional.empty() : Optional.of(BsonBoolean.TRUE.equals(answer.get("r")));
        } catch (MongoException e) {
            return Optional.empty();
        }
    }
}
