package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonReaderMark;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;

/**
 * Reads raw documents straight into columns, in one pass over each and without an object for every value.
 *
 * <p>The columns' paths form a tree; fields that no path names are skipped unread. Single-threaded.
 */
final class DocumentDecoder implements RowDecoder {
    private final List<FieldDecoder> columns = new ArrayList<>();
    private final Node root = new Node();
    private int rows;

    DocumentDecoder(SourceId source, List<ResultField> fields, Mismatch mismatch, int capacity) {
        for (ResultField field : fields) {
            FieldDecoder column = new FieldDecoder(source, field, mismatch, capacity);
            columns.add(column);
            Node node = root;
            for (String step : field.path()) {
                node = node.children.computeIfAbsent(step, name -> new Node());
            }
            node.columns.add(column);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean drain() {
        return false;
    }

    @Override
    public void read(RawBsonDocument document) {
        try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(document.getByteBuffer()))) {
            readDocument(reader, root);
        }
        for (FieldDecoder column : columns) {
            column.finishRow(rows);
        }
        rows++;
    }

    @Override
    public ColumnBatch build() {
        ColumnBatch batch = new ColumnBatch(
                rows, columns.stream().map(c -> c.builder().build()).toList());
        rows = 0;
        return batch;
    }

    private void readDocument(BsonBinaryReader reader, Node node) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            Node child = node.children.get(reader.readName());
            if (child == null) {
                reader.skipValue();
                continue;
            }
            readField(reader, child);
        }
        reader.readEndDocument();
    }

    private void readField(BsonBinaryReader reader, Node node) {
        if (node.columns.size() == 1 && node.children.isEmpty()) {
            node.columns.get(0).read(reader, rows);
            return;
        }
        BsonType given = reader.getCurrentBsonType();
        for (int i = 0; i < node.columns.size(); i++) {
            boolean last = i == node.columns.size() - 1 && node.children.isEmpty();
            BsonReaderMark mark = reader.getMark();
            node.columns.get(i).read(reader, rows);
            if (last) {
                return;
            }
            mark.reset();
        }
        if (given == BsonType.DOCUMENT) {
            readDocument(reader, node);
            return;
        }
        if (given == BsonType.ARRAY) {
            for (FieldDecoder below : node.below()) {
                BsonReaderMark mark = reader.getMark();
                below.unexpectedArray(reader, rows);
                mark.reset();
            }
        }
        reader.skipValue();
    }

    /** One step of the paths. */
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private final List<FieldDecoder> columns = new ArrayList<>();

        List<FieldDecoder> below() {
            List<FieldDecoder> found = new ArrayList<>();
            children.values().forEach(child -> {
                found.addAll(child.columns);
                found.addAll(child.below());
            });
            return found;
        }
    }
}
