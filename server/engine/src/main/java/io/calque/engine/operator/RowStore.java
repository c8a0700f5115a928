package io.calque.engine.operator;

import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/** Rows that an operator keeps, column by column. Single-threaded. */
final class RowStore {
    private final List<StoredColumn> columns = new ArrayList<>();
    private int size;

    RowStore(RowLayout layout) {
        for (ValueKind kind : layout.columns()) {
            columns.add(kind.isWord() ? new StoredWords(kind) : new StoredObjects());
        }
    }

    int size() {
        return size;
    }

    StoredColumn column(int column) {
        return columns.get(column);
    }

    void append(ColumnBatch batch) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).append(batch.columns().get(i));
        }
        size += batch.rows();
    }

    /** Only these rows of the batch. */
    void append(ColumnBatch batch, int[] rows, int count) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).append(batch.columns().get(i), rows, count);
        }
        size += count;
    }

    /** The rows that {@code rows} names, from its place {@code from} on; {@link StoredColumn#NO_ROW} gives NULLs. */
    ColumnBatch gather(int[] rows, int from, int count) {
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (StoredColumn column : columns) {
            vectors.add(column.gather(rows, from, count));
        }
        return new ColumnBatch(count, vectors);
    }

    /** A row of objects. */
    @Nullable Object row(int row) {
        if (columns.size() == 1) {
            return columns.get(0).value(row);
        }
        if (columns.isEmpty()) {
            return FlatLists.of();
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row);
        }
        return values;
    }

    long bytes() {
        long bytes = 0;
        for (StoredColumn column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }
}
