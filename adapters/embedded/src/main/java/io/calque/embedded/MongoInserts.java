package io.calque.embedded;

import com.mongodb.client.MongoCollection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Fills a MongoDB collection by batches of flat documents. Decimals become Decimal128, dates and times become Date (UTC),
 * and a null is a field left out. Belongs to one thread.
 */
public final class MongoInserts implements RowWriter {
    private static final int BATCH_DOCUMENTS = 2_000;

    private final MongoCollection<Document> collection;
    private final List<String> fields;
    private final List<Document> pending = new ArrayList<>(BATCH_DOCUMENTS);

    private MongoInserts(MongoCollection<Document> collection, List<String> fields) {
        this.collection = collection;
        this.fields = List.copyOf(fields);
    }

    /** Starts to fill a collection; MongoDB adds an {@code _id} unless it is one of the fields. */
    public static MongoInserts into(MongoCollection<Document> collection, List<String> fields) {
        return new MongoInserts(collection, fields);
    }

    /** The BSON value of a value as {@link RowWriter} takes it. */
    public static @Nullable Object bson(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return new Decimal128(decimal);
        }
        if (value instanceof LocalDate date) {
            return Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        return value instanceof LocalDateTime time ? Date.from(time.toInstant(ZoneOffset.UTC)) : value;
    }

    @Override
    public void add(@Nullable Object... values) {
        Document document = new Document();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                document.append(fields.get(i), bson(values[i]));
            }
        }
        pending.add(document);
        if (pending.size() == BATCH_DOCUMENTS) {
            flush();
        }
    }

    private void flush() {
        if (!pending.isEmpty()) {
            collection.insertMany(pending);
            pending.clear();
        }
    }

    @Override
    public void close() {
        flush();
    }
}
