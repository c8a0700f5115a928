package io.calque.testkit.fuzz;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Writes random tables as documents: NULL is a null, a missing field, or a missing document around it; a child table is an array, which
 * may be null, missing or empty. Stateless.
 */
final class Documents {
    private Documents() {}

    static void create(MongoDatabase database, FuzzTable table) {
        database.createCollection(table.name());
        table.indexed().ifPresent(c -> database.getCollection(table.name()).createIndex(Indexes.ascending(c)));
    }

    static void fill(MongoDatabase database, FuzzTable table, Optional<FuzzTable> child) {
        MongoCollection<Document> collection = database.getCollection(table.name());
        collection.deleteMany(new Document());
        Map<Long, List<List<@Nullable Object>>> children =
                child.map(RandomWorlds::byParent).orElseGet(java.util.TreeMap::new);
        List<Document> documents = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            Document document = document(table, row, 0, documents.isEmpty());
            child.ifPresent(c -> putArray(document, c, Optional.ofNullable(children.get((Long) row.get(0)))));
            documents.add(document);
        }
        if (!documents.isEmpty()) {
            collection.insertMany(documents);
        }
    }

    private static void putArray(Document document, FuzzTable child, Optional<List<List<@Nullable Object>>> rows) {
        String field = child.name().substring(child.name().indexOf('.') + 1);
        if (rows.isPresent()) {
            document.append(
                    field,
                    rows.get().stream()
                            .map(r -> document(child, r, 2, r == child.rows().get(0)))
                            .toList());
            return;
        }
        int kind = Math.floorMod(document.hashCode(), 3);
        if (kind < 2) {
            document.append(field, kind == 0 ? null : List.of());
        }
    }

    /**
     * @param from the first column that is a field
     * @param pure whether no value is kept as the other one of two types: one such row shows the type that a column has
     */
    private static Document document(FuzzTable table, List<@Nullable Object> row, int from, boolean pure) {
        Document document = new Document();
        for (int i = from; i < row.size(); i++) {
            FuzzColumn column = table.columns().get(i);
            Object value = row.get(i);
            if (value == null && (i + row.hashCode()) % 2 == 0) {
                continue;
            }
            put(document, column.path(), value == null ? null : bson(column, value, pure));
        }
        return document;
    }

    private static void put(Document document, List<String> path, @Nullable Object value) {
        Document inner = document;
        for (String step : path.subList(0, path.size() - 1)) {
            inner = (Document) inner.computeIfAbsent(step, s -> new Document());
        }
        inner.append(path.get(path.size() - 1), value);
    }

    private static Object bson(FuzzColumn column, Object value, boolean pure) {
        boolean odd = value.hashCode() % 2 != 0 && !pure;
        return switch (column.storage()) {
            case MONGO_INT -> ((Long) value).intValue();
            case MONGO_INT_OR_LONG ->
                odd && (Long) value == ((Long) value).intValue() ? ((Long) value).intValue() : value;
            case MONGO_INT_OR_DOUBLE -> {
                double number = (Double) value;
                boolean whole =
                        number == Math.rint(number) && Math.abs(number) < 1e6 && Double.compare(number, -0.0) != 0;
                yield whole && !pure ? (Object) (int) number : value;
            }
            case MONGO_DECIMAL -> new Decimal128((BigDecimal) value);
            case MONGO_INT_OR_DECIMAL -> {
                BigDecimal number = (BigDecimal) value;
                boolean whole = number.stripTrailingZeros().scale() <= 0;
                yield whole && !pure ? (Object) number.intValueExact() : new Decimal128(number);
            }
            case MONGO_OBJECT_ID -> new ObjectId((String) value);
            case MONGO_UUID -> UUID.fromString((String) value);
            case MONGO_STRING_OR_INT ->
                ((String) value).matches("0|-?[1-9][0-9]{0,5}") && odd
                        ? (Object) Integer.valueOf((String) value)
                        : value;
            case MONGO_BINARY -> new Binary((byte[]) value);
            case MONGO_DATE ->
                Date.from(((LocalDate) value).atStartOfDay(ZoneOffset.UTC).toInstant());
            case MONGO_TIMESTAMP -> Date.from(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            default -> value;
        };
    }
}
