package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.List;
import java.util.Optional;

/** Batches that are there already, once. Single-threaded. */
final class BatchList implements RowCursor {
    private final List<ColumnBatch> batches;
    private int next;

    BatchList(List<ColumnBatch> batches) {
        this.batches = batches;
    }

    @Override
    public Optional<ColumnBatch> next() {
        return next < batches.size() ? Optional.of(batches.get(next++)) : Optional.empty();
    }

    @Override
    public void close() {
        next = batches.size();
    }
}
