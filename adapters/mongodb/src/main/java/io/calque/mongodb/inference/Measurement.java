package io.calque.mongodb.inference;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Measures the columns of one table over documents within a budget. Single-threaded, used once. */
final class Measurement {
    private final TableDescriptor table;
    private final Budget budget;
    private final Clock clock;
    private final List<ColumnSketch> sketches = new ArrayList<>();
    private long rows;

    Measurement(TableDescriptor table, Budget budget, Clock clock) {
        this.table = table;
        this.budget = budget;
        this.clock = clock;
        for (ColumnDescriptor column : table.columns()) {
            sketches.add(new ColumnSketch(column));
        }
    }

    /**
     * @param documents of the collection that holds the table
     * @param count of its documents; empty when unknown
     */
    TableStatistics of(MongoCollection<BsonDocument> documents, OptionalDouble count) {
        long start = System.nanoTime();
        long limit = Math.min(budget.rows(), Integer.MAX_VALUE);
        long read = 0;
        boolean complete = true;
        BsonDocument projection = new BsonDocument();
        for (ColumnDescriptor column : table.columns()) {
            projection.append(column.path().get(0), new BsonInt32(1));
        }
        if (projection.keySet().stream().anyMatch(step -> !ColumnFacts.isAddressable(step))) {
            projection.clear();
        }
        try (MongoCursor<BsonDocument> cursor = documents
                .find()
                .projection(projection)
                .limit((int) limit)
                .batchSize(1_000)
                .maxTime(Math.max(1, budget.time().toMillis() * 2), TimeUnit.MILLISECONDS)
                .iterator()) {
            while (cursor.hasNext()) {
                addDocument(cursor.next());
                read++;
                if (System.nanoTime() - start > budget.time().toNanos()) {
                    complete = false;
                    break;
                }
            }
        }
        double all = Math.max(count.orElse(read), read);
        complete &= read >= all;
        double total = read == 0 ? 0 : table.nestedIn().isPresent() ? all * rows / read : all;
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>();
        for (ColumnSketch sketch : sketches) {
            columns.put(sketch.column().name(), sketch.statistics(rows, total, complete));
        }
        return new TableStatistics(OptionalDouble.of(total), Optional.of(clock.instant()), columns);
    }

    private void addDocument(BsonDocument document) {
        Optional<NestedIn> nested = table.nestedIn();
        if (nested.isEmpty()) {
            addRow(document, document, 0, List.of());
            return;
        }
        unwind(document, document, nested.get().arrays(), 0, new ArrayList<>());
    }

    private void unwind(
            BsonDocument document, BsonValue element, List<List<String>> arrays, int level, List<Integer> ordinals) {
        if (level == arrays.size()) {
            int steps = arrays.stream().mapToInt(List::size).sum();
            addRow(document, element, steps, ordinals);
            return;
        }
        BsonValue array = at(element, arrays.get(level), 0);
        if (array == null || array.isNull()) {
            return;
        }
        List<BsonValue> elements = array.isArray() ? array.asArray() : List.of(array);
        for (int i = 0; i < elements.size(); i++) {
            ordinals.add(i + 1);
            unwind(document, elements.get(i), arrays, level + 1, ordinals);
            ordinals.remove(ordinals.size() - 1);
        }
    }

    /**
     * @param steps of a column's path that lead to the element; a key's path leads from the document
     */
    private void addRow(BsonDocument document, BsonValue element, int steps, List<Integer> ordinals) {
        rows++;
        for (ColumnSketch sketch : sketches) {
            ColumnDescriptor column = sketch.column();
            if (ColumnFacts.isOrdinal(column)) {
                sketch.add(new BsonInt32(ordinals.get(ColumnFacts.ordinalLevel(column))));
                continue;
            }
            boolean ofDocument = steps > 0 && column.path().get(0).equals("_id") || steps == 0;
            sketch.add(ofDocument ? at(document, column.path(), 0) : at(element, column.path(), steps));
        }
    }

    private static @Nullable BsonValue at(BsonValue value, List<String> path, int from) {
        BsonValue current = value;
        for (int i = from; i < path.size(); i++) {
            if (!current.isDocument()) {
                return null;
            }
            BsonValue next = current.asDocument().get(path.get(i));
            if (next == null) {
                return null;
            }
            current = next;
        }
        return current;
    }
}
