package io.calque.engine.exec;

import io.calque.spi.batch.ColumnBatch;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Batches read row by row. Single-threaded. */
final class FragmentRows implements Enumerator<Object> {
    private final Supplier<Optional<ColumnBatch>> batches;
    private final RowDecoder decoder;
    private final StopFlag stop;
    private final Runnable onClose;
    private @Nullable ColumnBatch batch;
    private int row = -1;
    private boolean closed;

    FragmentRows(Supplier<Optional<ColumnBatch>> batches, RowDecoder decoder, StopFlag stop, Runnable onClose) {
        this.batches = batches;
        this.decoder = decoder;
        this.stop = stop;
        this.onClose = onClose;
    }

    /** A single column may be NULL; linq4j's type does not say so. */
    @Override
    @SuppressWarnings("NullAway")
    public Object current() {
        if (batch == null) {
            throw new NoSuchElementException();
        }
        // a join loops over rows that have all arrived already, for hours if need be: only here does it meet a cancel
        stop.check();
        return decoder.row(batch, row);
    }

    @Override
    public boolean moveNext() {
        row++;
        if (batch != null && row < batch.rows()) {
            return true;
        }
        if (closed) {
            return false;
        }
        batch = batches.get().orElse(null);
        row = 0;
        return batch != null;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("a fetch is read forwards only");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
