package io.calque.benchmarks.fragments;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.MongoIterable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** A fragment for MongoDB: {@code find}, {@code aggregate} or {@code distinct}. Thread-safe. */
final class MongoFetch {
    /** What an embedded MongoDB server needs: without it, its replies grow beyond what the driver takes. */
    private static final int BATCH = 4096;

    private static final String SLOT = "\u0000slot ";

    private final MongoDatabase database;
    private final Fragment fragment;
    private final Fragment.Template template;

    MongoFetch(MongoDatabase database, Fragment fragment) {
        this.database = database;
        this.fragment = fragment;
        this.template = fragment.template("\"\\u0000slot $n\"");
    }

    Rows fetch(Function<Fragment.Slot, Collection<Object>> values) {
        List<List<BsonValue>> given = template.slots().stream()
                .map(slot -> values.apply(slot).stream().map(MongoFetch::bson).toList())
                .toList();
        Set<Object> kept = new HashSet<>();
        fragment.kept().ifPresent(k -> values.apply(k.values()).forEach(value -> kept.add(plain(value))));
        List<String> columns = new ArrayList<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        int most = given.stream().mapToInt(List::size).max().orElse(0);
        int from = 0;
        do {
            int first = from;
            List<BsonArray> some = given.stream()
                    .map(all -> all.subList(
                            Math.min(first, all.size()), (int) Math.min((long) first + fragment.atOnce(), all.size())))
                    .map(BsonArray::new)
                    .toList();
            read(filled(BsonArray.parse(template.text()), some).asArray(), kept, columns, rows);
            from = (int) Math.min((long) from + fragment.atOnce(), Integer.MAX_VALUE);
        } while (from < most);
        return new Rows(columns, rows);
    }

    private void read(BsonArray request, Set<Object> kept, List<String> columns, List<@Nullable Object[]> rows) {
        String field = fragment.kept().map(Fragment.Kept::field).orElse("");
        String[] path = fragment.collection().split("\\.");
        try (MongoCursor<?> cursor =
                found(path[0], path[1], request).batchSize(BATCH).cursor()) {
            while (cursor.hasNext()) {
                Object next = cursor.next();
                Document document = next instanceof Document whole
                        ? whole
                        : new Document(request.get(0).asString().getValue(), next);
                if (columns.isEmpty()) {
                    columns.addAll(document.keySet());
                }
                if (field.isEmpty() || kept.contains(plain(document.get(field)))) {
                    @Nullable Object[] row = new @Nullable Object[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = plain(document.get(columns.get(i)));
                    }
                    rows.add(row);
                }
            }
        }
    }

    private MongoIterable<?> found(String collection, String command, BsonArray request) {
        MongoCollection<Document> documents = database.getCollection(collection);
        return switch (command) {
            case "find" ->
                documents
                        .find(request.get(0).asDocument())
                        .projection(request.get(1).asDocument());
            case "aggregate" -> {
                List<Bson> stages = new ArrayList<>();
                request.forEach(stage -> stages.add(stage.asDocument()));
                yield documents.aggregate(stages);
            }
            case "distinct" ->
                documents.distinct(
                        request.get(0).asString().getValue(), request.get(1).asDocument(), Long.class);
            default -> throw new IllegalStateException("Not a command of MongoDB that is known here: " + command);
        };
    }

    private static BsonValue filled(BsonValue value, List<BsonArray> given) {
        if (value instanceof BsonString text && text.getValue().startsWith(SLOT)) {
            return given.get(Integer.parseInt(text.getValue().substring(SLOT.length())));
        }
        if (value instanceof BsonArray array) {
            array.replaceAll(element -> filled(element, given));
        } else if (value instanceof BsonDocument document) {
            document.replaceAll((name, element) -> filled(element, given));
        }
        return value;
    }

    private static BsonValue bson(Object value) {
        if (value instanceof BigDecimal decimal) {
            return new BsonDecimal128(new Decimal128(decimal));
        }
        return value instanceof Number number ? new BsonInt64(number.longValue()) : new BsonString(value.toString());
    }

    /** Whole numbers of one kind, so that they can be looked up, and decimals as numbers. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Decimal128 decimal ? decimal.bigDecimalValue() : value;
    }
}
