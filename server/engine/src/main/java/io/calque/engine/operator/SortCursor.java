package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all rows when the first is asked for, then passes on those between two places of their order. Single-threaded. */
final class SortCursor implements RowCursor {
    private final RowCursor rows;
    private final SortedRuns runs;
    private final long from;
    private final long to;
    private @Nullable RowCursor sorted;
    private long passed;

    /**
     * @param from how many rows to leave out
     * @param to before which to stop
     */
    SortCursor(RowCursor rows, SortedRuns runs, long from, long to) {
        this.rows = rows;
        this.runs = runs;
        this.from = from;
        this.to = to;
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (from >= to) {
            return Optional.empty();
        }
        RowCursor reading = sorted;
        if (reading == null) {
            for (Optional<ColumnBatch> batch = rows.next(); batch.isPresent(); batch = rows.next()) {
                runs.add(batch.get());
            }
            reading = runs.sorted();
            sorted = reading;
        }
        while (passed < to) {
            Optional<ColumnBatch> batch = reading.next();
            if (batch.isEmpty()) {
                break;
            }
            long before = passed;
            int count = batch.get().rows();
            passed += count;
            int first = (int) Math.min(count, Math.max(0, from - before));
            int last = (int) Math.min(count, to - before);
            if (first < last) {
                return Optional.of(first == 0 && last == count ? batch.get() : BatchPart.of(batch.get(), first, last));
            }
        }
        runs.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        rows.close();
        runs.close();
    }
}
