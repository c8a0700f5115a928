package io.calque.app.avatica;

import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.List;

/** Consecutive rows of a result, as parts of the batches that hold them. Single-threaded while it is filled. */
final class RowSlices {
    /**
     * @param from first row of the batch
     * @param to the row after the last
     */
    record Slice(ColumnBatch batch, int from, int to) {}

    private final List<Slice> slices = new ArrayList<>();
    private int rows;

    void add(ColumnBatch batch, int from, int to) {
        slices.add(new Slice(batch, from, to));
        rows += to - from;
    }

    int rows() {
        return rows;
    }

    ColumnSlices column(int index) {
        List<ColumnSlices.Part> parts = new ArrayList<>(slices.size());
        for (Slice slice : slices) {
            parts.add(new ColumnSlices.Part(slice.batch().columns().get(index), slice.from(), slice.to()));
        }
        return new ColumnSlices(parts, rows);
    }

    List<Slice> slices() {
        return slices;
    }
}
