package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.TableDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.json.JsonParseException;

/**
 * What a collection looks like from outside: while its signs are as they were when its documents were last looked at, its tables
 * are taken to be what they were. Immutable.
 *
 * <p>The signs are its definition and indexes, how many documents it has and how many bytes they have together, and the first and the
 * newest documents themselves. An insert, a delete and nearly every update changes one of them. An update in place that keeps the
 * size, and leaves the first and newest documents alone, changes none: so evidence ages.
 *
 * @param signs a digest
 * @param count of documents, as the server's books have it; empty when it keeps none
 * @param bytes of all documents together, as the server's books have it
 * @param lookedAt when the documents themselves were last looked at
 */
public record Evidence(String signs, OptionalDouble count, long bytes, Instant lookedAt) {
    /** Changes when what is learned from the same documents changes. */
    private static final String METHOD = "1";

    private static final int DOCUMENTS = 10;
    private static final long MAX_SECONDS = 10;
    private static final String SIGNS = "signs";
    private static final String LOOKED_AT = "looked_at";
    private static final String BYTES = "bytes";

    /**
     * Four short requests.
     *
     * @param settings all that decides what is learned, but the collection itself
     * @return nothing for a view and for a collection whose size the user may not see
     */
    static Optional<Evidence> of(
            MongoDatabase database,
            FoundCollection collection,
            List<BsonDocument> indexes,
            String settings,
            Instant now) {
        if (collection.isComputed()) {
            return Optional.empty();
        }
        BsonDocument sizes;
        try {
            sizes = database.runCommand(
                    new BsonDocument("collStats", new BsonString(collection.name())), BsonDocument.class);
        } catch (MongoCommandException e) {
            return Optional.empty();
        }
        if (!sizes.isNumber("count") || !sizes.isNumber("size")) {
            return Optional.empty();
        }
        MessageDigest digest = digest();
        add(digest, METHOD);
        add(digest, settings);
        add(digest, collection.listed().toJson());
        indexes.forEach(index -> add(digest, index.toJson()));
        add(
                digest,
                sizes.getNumber("count").longValue() + " "
                        + sizes.getNumber("size").longValue());
        MongoCollection<RawBsonDocument> documents = database.getCollection(collection.name(), RawBsonDocument.class);
        addDocuments(digest, documents.find());
        addDocuments(digest, documents.find().sort(Sorts.descending("_id")));
        return Optional.of(new Evidence(
                HexFormat.of().formatHex(digest.digest(), 0, 16),
                OptionalDouble.of(sizes.getNumber("count").doubleValue()),
                sizes.getNumber("size").longValue(),
                now));
    }

    private static void addDocuments(MessageDigest digest, FindIterable<RawBsonDocument> documents) {
        for (RawBsonDocument document : documents.limit(DOCUMENTS).maxTime(MAX_SECONDS, TimeUnit.SECONDS)) {
            digest.update(document.getByteBuffer().asNIO());
        }
        add(digest, "");
    }

    /** Reads {@link #text} back; nothing where another method wrote it. */
    static Optional<Evidence> parse(String text) {
        try {
            BsonDocument document = BsonDocument.parse(text);
            return Optional.of(new Evidence(
                    document.getString(SIGNS).getValue(),
                    OptionalDouble.empty(),
                    document.getNumber(BYTES).longValue(),
                    Instant.parse(document.getString(LOOKED_AT).getValue())));
        } catch (JsonParseException | BsonInvalidOperationException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * @param sampled documents looked at
     * @param types of the paths where several were seen
     */
    String text(long sampled, BsonDocument types) {
        BsonDocument text = new BsonDocument(SIGNS, new BsonString(signs))
                .append(LOOKED_AT, new BsonString(lookedAt.toString()))
                .append(BYTES, new BsonInt64(bytes))
                .append("sampled", new BsonInt32((int) Math.min(Integer.MAX_VALUE, sampled)));
        return (types.isEmpty() ? text : text.append("types", types)).toJson();
    }

    /** How large the collection of a table was when it was last looked at; empty when nobody knows. */
    public static OptionalLong bytes(TableDescriptor table) {
        String text = table.facts().get(Facts.EVIDENCE);
        Optional<Evidence> evidence = text == null ? Optional.empty() : parse(text);
        return evidence.isPresent() ? OptionalLong.of(evidence.get().bytes()) : OptionalLong.empty();
    }

    boolean stillHolds(Evidence before, Duration age) {
        return signs.equals(before.signs)
                && Duration.between(before.lookedAt, lookedAt).compareTo(age) < 0;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With its length, so that no two lists of texts have the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
