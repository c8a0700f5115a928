package io.calque.benchmarks.generated;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.source.RowCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rows of a table of formulas, computed once. Immutable. */
final class GeneratedBatches {
    private static final int BATCH_ROWS = 4096;

    private final int rows;
    private final Map<String, List<ColumnVector>> columns;

    private GeneratedBatches(int rows, Map<String, List<ColumnVector>> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    static GeneratedBatches of(GeneratedTable table) {
        Map<String, List<ColumnVector>> columns = new HashMap<>();
        for (GeneratedTable.Column column : table.columns()) {
            List<ColumnVector> vectors = new ArrayList<>();
            for (int from = 0; from < table.rows(); from += BATCH_ROWS) {
                long[] values = new long[Math.min(BATCH_ROWS, table.rows() - from)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = column.at((long) from + i);
                }
                vectors.add(new LongVector(values, values.length, new BitSet()));
            }
            columns.put(column.name(), vectors);
        }
        return new GeneratedBatches(table.rows(), columns);
    }

    /** A reading of these columns. */
    RowCursor read(List<String> names) {
        List<List<ColumnVector>> asked = names.stream()
                .map(name -> Objects.requireNonNull(columns.get(name)))
                .toList();
        return new RowCursor() {
            private int next;
            private volatile boolean closed;

            @Override
            public Optional<ColumnBatch> next() {
                int from = next * BATCH_ROWS;
                if (closed || from >= rows) {
                    return Optional.empty();
                }
                int batch = next++;
                return Optional.of(new ColumnBatch(
                        Math.min(BATCH_ROWS, rows - from),
                        asked.stream().map(column -> column.get(batch)).toList()));
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
