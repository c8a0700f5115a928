package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.Optional;

/** Nothing. Stateless. */
final class NoRows implements RowCursor {
    @Override
    public Optional<ColumnBatch> next() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
