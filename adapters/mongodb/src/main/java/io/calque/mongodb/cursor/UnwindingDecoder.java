package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.RowPredicate;
import io.calque.mongodb.pipeline.Unwinding;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Reads documents with arrays as the rows that {@code $unwind} would make of them: a field without a value or an empty array gives none,
 * a value where others have an array is its only element. Single-threaded.
 */
final class UnwindingDecoder implements RowDecoder {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final Unwinding unwinding;
    private final BsonDocument keep;
    private final List<ResultField> fields;
    private final List<FieldDecoder> columns = new ArrayList<>();
    private final List<String> elementPath;
    private final Map<String, List<String>> steps = new HashMap<>();
    private final int capacity;
    private final Deque<Row> waiting = new ArrayDeque<>();
    private int rows;

    /**
     * @param keep the condition on rows, without slots
     */
    UnwindingDecoder(
            SourceId source,
            List<ResultField> fields,
            Unwinding unwinding,
            BsonDocument keep,
            Mismatch mismatch,
            int capacity) {
        this.unwinding = unwinding;
        this.keep = keep;
        this.fields = fields;
        this.elementPath = unwinding.elementPath();
        this.capacity = capacity;
        fields.forEach(field -> columns.add(new FieldDecoder(source, field, mismatch, capacity)));
    }

    /**
     * @param positions in each array, from 1
     */
    private record Row(BsonDocument document, BsonValue element, List<Integer> positions) {}

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean drain() {
        while (rows < capacity && !waiting.isEmpty()) {
            add(waiting.remove());
        }
        return !waiting.isEmpty();
    }

    @Override
    public void read(RawBsonDocument raw) {
        BsonDocument document = raw.decode(CODEC);
        unwind(document, document, List.of());
        drain();
    }

    private void unwind(BsonDocument document, BsonValue element, List<Integer> positions) {
        if (positions.size() == unwinding.arrays().size()) {
            Row row = new Row(document, element, positions);
            if (keep.isEmpty() || RowPredicate.matches(keep, path -> valuesAt(row, path))) {
                waiting.add(row);
            }
            return;
        }
        BsonValue array = element;
        for (String step : unwinding.arrays().get(positions.size())) {
            BsonValue next = array.isDocument() ? array.asDocument().get(step) : null;
            if (next == null) {
                return;
            }
            array = next;
        }
        if (array.isNull() || array.getBsonType() == BsonType.UNDEFINED) {
            return;
        }
        List<BsonValue> elements = array.isArray() ? array.asArray().getValues() : List.of(array);
        for (int i = 0; i < elements.size(); i++) {
            List<Integer> longer = new ArrayList<>(positions);
            longer.add(i + 1);
            unwind(document, elements.get(i), longer);
        }
    }

    private void add(Row row) {
        for (int i = 0; i < columns.size(); i++) {
            FieldDecoder column = columns.get(i);
            if (unwinding.positions().get(i).isPresent()) {
                column.append(new BsonInt32(
                        row.positions().get(unwinding.positions().get(i).getAsInt())));
            } else {
                read(column, row, fields.get(i).path());
            }
            column.finishRow(rows);
        }
        rows++;
    }

    private void read(FieldDecoder column, Row row, List<String> path) {
        boolean ofElement = isOfElement(path);
        BsonValue current = ofElement ? row.element() : row.document();
        for (int i = ofElement ? elementPath.size() : 0; i < path.size(); i++) {
            if (current.isArray()) {
                column.rejectArray(current);
                return;
            }
            BsonValue next = current.isDocument() ? current.asDocument().get(path.get(i)) : null;
            if (next == null) {
                return;
            }
            current = next;
        }
        column.append(current);
    }

    private boolean isOfElement(List<String> path) {
        return path.size() >= elementPath.size()
                && path.subList(0, elementPath.size()).equals(elementPath);
    }

    private List<BsonValue> valuesAt(Row row, String dotted) {
        List<String> path = steps.computeIfAbsent(dotted, text -> List.of(text.split("\\.")));
        List<BsonValue> found = new ArrayList<>();
        if (isOfElement(path)) {
            collect(row.element(), path, elementPath.size(), found);
        } else {
            collect(row.document(), path, 0, found);
        }
        return found;
    }

    /** An array on the way or at the end stands for its elements, and at the end for itself too. */
    private static void collect(BsonValue value, List<String> path, int from, List<BsonValue> found) {
        if (from == path.size()) {
            found.add(value);
            if (value.isArray()) {
                found.addAll(value.asArray());
            }
            return;
        }
        if (value.isArray()) {
            value.asArray().stream().filter(BsonValue::isDocument).forEach(one -> collect(one, path, from, found));
            return;
        }
        BsonValue next = value.isDocument() ? value.asDocument().get(path.get(from)) : null;
        if (next != null) {
            collect(next, path, from + 1, found);
        }
    }

    @Override
    public ColumnBatch build() {
        ColumnBatch batch = new ColumnBatch(
                rows, columns.stream().map(c -> c.builder().build()).toList());
        rows = 0;
        return batch;
    }
}
