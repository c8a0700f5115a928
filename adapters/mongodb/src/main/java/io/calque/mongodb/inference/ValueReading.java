package io.calque.mongodb.inference;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Hands out values of some columns in canonical text, over the first documents within a budget. Positions in arrays and what a child
 * table repeats of its parents are NULL. Single-threaded, used once.
 */
final class ValueReading {
    private static final int BATCH = 1_000;

    private final List<List<String>> arrays;
    private final List<List<String>> paths = new ArrayList<>();
    private final BsonDocument projection = new BsonDocument();
    private final Budget budget;
    private final ValueScan.Sink sink;
    private final @Nullable String[] row;
    private long rows;

    ValueReading(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
        this.arrays = table.nestedIn().map(NestedIn::arrays).orElse(List.of());
        this.budget = budget;
        this.sink = sink;
        this.row = new @Nullable String[columns.size()];
        List<String> element = arrays.stream().flatMap(List::stream).toList();
        for (String name : columns) {
            List<String> path = table.column(name).map(ColumnDescriptor::path).orElse(List.of());
            boolean own = path.size() >= element.size()
                    && path.subList(0, element.size()).equals(element);
            paths.add(own ? path.subList(element.size(), path.size()) : List.of("#"));
            projection.append(own ? path.get(0) : "_id", new BsonInt32(1));
        }
    }

    ValueScan of(MongoCollection<BsonDocument> documents) {
        long end = System.nanoTime() + budget.time().toNanos();
        try (MongoCursor<BsonDocument> cursor = documents
                .find()
                .projection(projection)
                .batchSize(BATCH)
                .maxTime(Math.max(1, budget.time().toMillis()), TimeUnit.MILLISECONDS)
                .iterator()) {
            while (cursor.hasNext()) {
                if (rows >= budget.rows() || System.nanoTime() - end > 0) {
                    return new ValueScan(rows, Coverage.PARTIAL);
                }
                unwind(cursor.next(), 0);
            }
            return new ValueScan(rows, Coverage.COMPLETE);
        } catch (MongoExecutionTimeoutException outOfTime) {
            return new ValueScan(rows, Coverage.PARTIAL);
        }
    }

    private void unwind(BsonValue element, int level) {
        if (level == arrays.size()) {
            for (int i = 0; i < row.length; i++) {
                BsonValue value = at(element, paths.get(i));
                row[i] = value == null ? null : text(value);
            }
            rows++;
            sink.row(row);
            return;
        }
        BsonValue array = at(element, arrays.get(level));
        if (array == null || array.isNull()) {
            return;
        }
        List<BsonValue> elements = array.isArray() ? array.asArray() : List.of(array);
        elements.forEach(e -> unwind(e, level + 1));
    }

    private static @Nullable BsonValue at(BsonValue value, List<String> path) {
        BsonValue current = value;
        for (String step : path) {
            BsonValue next = current.isDocument() ? current.asDocument().get(step) : null;
            if (next == null) {
                return null;
            }
            current = next;
        }
        return current;
    }

    private static @Nullable String text(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case SYMBOL -> value.asSymbol().getSymbol();
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case INT32 -> Integer.toString(value.asInt32().getValue());
            case INT64 -> Long.toString(value.asInt64().getValue());
            case DOUBLE -> {
                double number = value.asDouble().getValue();
                yield Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : null;
            }
            case DECIMAL128 ->
                value.asDecimal128().getValue().isFinite()
                        ? plain(new BigDecimal(value.asDecimal128().getValue().toString()))
                        : null;
            case BINARY ->
                value.asBinary().getType() == BsonBinarySubType.UUID_STANDARD.getValue()
                        ? value.asBinary().asUuid().toString()
                        : null;
            default -> null;
        };
    }

    private static @Nullable String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        return Math.abs(number.scale()) > 60
                ? null
                : number.stripTrailingZeros().toPlainString();
    }
}
