package io.calque.benchmarks.generated;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.RowCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The rows of a table of formulas. Single-threaded, but for {@link #close}. */
final class GeneratedRows implements RowCursor {
    private static final int BATCH_ROWS = 4096;

    private final int rows;
    private final List<GeneratedTable.Column> columns = new ArrayList<>();
    private int next;
    private volatile boolean closed;

    GeneratedRows(GeneratedTable table, List<NativeQuery.Column> asked) {
        this.rows = table.rows();
        for (NativeQuery.Column column : asked) {
            columns.add(table.columns().stream()
                    .filter(c -> c.name().equals(column.name()))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Override
    public Optional<ColumnBatch> next() {
        int count = Math.min(BATCH_ROWS, rows - next);
        if (count <= 0 || closed) {
            return Optional.empty();
        }
        List<ColumnVector> vectors = new ArrayList<>();
        for (GeneratedTable.Column column : columns) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = column.at(next + i);
            }
            vectors.add(new LongVector(values, count, new BitSet()));
        }
        next += count;
        return Optional.of(new ColumnBatch(count, vectors));
    }

    @Override
    public void close() {
        closed = true;
    }
}
