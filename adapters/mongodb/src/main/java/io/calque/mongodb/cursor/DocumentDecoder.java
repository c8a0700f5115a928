package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

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
        ByteBuffer bytes = document.getByteBuffer().asNIO();
        readDocument(bytes.array(), bytes.arrayOffset() + bytes.position(), root);
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

    private void readDocument(byte[] data, int start, Node node) {
        int at = start + Integer.BYTES;
        for (int ordinal = 0; data[at] != 0; ordinal++) {
            byte type = data[at++];
            int end = node.nameEnd(ordinal, data, at);
            Node child = node.at(ordinal);
            at = end + 1;
            if (child != null) {
                readField(type, data, at, child);
            }
            at += BsonBytes.size(type, data, at);
        }
    }

    private void readField(byte type, byte[] data, int at, Node node) {
        for (int i = 0; i < node.columns.size(); i++) {
            node.columns.get(i).read(type, data, at, rows);
        }
        if (node.children.isEmpty()) {
            return;
        }
        if (type == BsonType.DOCUMENT.getValue()) {
            readDocument(data, at, node);
        } else if (type == BsonType.ARRAY.getValue()) {
            for (FieldDecoder below : node.below()) {
                below.unexpectedArray(type, data, at, rows);
            }
        }
    }

    /** One step of the paths, and the names that stood at each place of the last document there: most documents are alike. */
    private static final class Node {
        private static final int REMEMBERED = 256;

        private final Map<String, Node> children = new HashMap<>();
        private final List<FieldDecoder> columns = new ArrayList<>();
        private final List<byte[]> names = new ArrayList<>();
        private final List<@Nullable Node> nodes = new ArrayList<>();
        private @Nullable Node beyond;

        /** Reads the name of the field at this place; {@link #at} then knows it. */
        int nameEnd(int ordinal, byte[] data, int at) {
            if (ordinal < names.size()) {
                byte[] name = names.get(ordinal);
                int end = at + name.length;
                if (end < data.length && data[end] == 0 && Arrays.equals(data, at, end, name, 0, name.length)) {
                    return end;
                }
            }
            int end = BsonBytes.endOfName(data, at);
            byte[] name = Arrays.copyOfRange(data, at, end);
            Node child = children.get(new String(name, StandardCharsets.UTF_8));
            if (ordinal >= REMEMBERED) {
                beyond = child;
            } else if (ordinal < names.size()) {
                names.set(ordinal, name);
                nodes.set(ordinal, child);
            } else {
                names.add(name);
                nodes.add(child);
            }
            return end;
        }

        /** Null for a field that no path names. */
        @Nullable Node at(int ordinal) {
            return ordinal < REMEMBERED ? nodes.get(ordinal) : beyond;
        }

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
