package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.NoSuchElementException;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Batches read row by row. Single-threaded. */
final class RowsOfBatches implements Enumerator<Object> {
    private final RowCursor batches;
    private final RowLayout layout;
    private @Nullable ColumnBatch batch;
    private int row = -1;

    RowsOfBatches(RowCursor batches, RowLayout layout) {
        this.batches = batches;
        this.layout = layout;
    }

    /** A single column may be NULL; linq4j's type does not say so. */
    @Override
    @SuppressWarnings("NullAway")
    public Object current() {
        if (batch == null) {
            throw new NoSuchElementException();
        }
        return layout.row(batch, row);
    }

    @Override
    public boolean moveNext() {
        row++;
        if (batch != null && row < batch.rows()) {
            return true;
        }
        row = 0;
        do {
            batch = batches.next().orElse(null);
        } while (batch != null && batch.rows() == 0);
        return batch != null;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("an operator's rows are read forwards only");
    }

    @Override
    public void close() {
        batches.close();
    }
}
