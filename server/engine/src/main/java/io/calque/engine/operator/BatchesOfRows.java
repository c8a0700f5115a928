package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.RowCursor;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** The rows of a stock operator as batches. Single-threaded. */
final class BatchesOfRows implements RowCursor {
    private static final int ROWS = 1024;
    /** Many operators are read for each row of another, and have few rows themselves. */
    private static final int FIRST_ROOM = 16;

    private final Enumerable<Object> rows;
    private final RowLayout layout;
    private @Nullable Enumerator<Object> reading;
    private boolean ended;

    BatchesOfRows(Enumerable<Object> rows, RowLayout layout) {
        this.rows = rows;
        this.layout = layout;
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (ended) {
            return Optional.empty();
        }
        int room = reading == null ? FIRST_ROOM : ROWS;
        Enumerator<Object> from = reading;
        if (from == null) {
            from = rows.enumerator();
            reading = from;
        }
        List<ColumnBuilder> builders = layout.builders(room);
        int count = 0;
        while (count < ROWS) {
            if (!from.moveNext()) {
                ended = true;
                break;
            }
            layout.append(from.current(), builders);
            count++;
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new ColumnBatch(
                        count, builders.stream().map(ColumnBuilder::build).toList()));
    }

    @Override
    public void close() {
        ended = true;
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }
}
