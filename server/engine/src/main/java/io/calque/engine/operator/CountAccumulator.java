package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/** COUNT of rows, or of values that are not NULL. Single-threaded. */
final class CountAccumulator implements Accumulator {
    private final OptionalInt argument;
    private long[] counts = new long[64];

    CountAccumulator(OptionalInt argument) {
        this.argument = argument;
    }

    @Override
    public void groups(int count) {
        if (count > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(count, counts.length * 2));
        }
    }

    @Override
    public void add(ColumnBatch batch, int[] groups) {
        int rows = batch.rows();
        if (argument.isEmpty()) {
            for (int row = 0; row < rows; row++) {
                if (groups[row] >= 0) {
                    counts[groups[row]]++;
                }
            }
            return;
        }
        ColumnVector values = batch.columns().get(argument.getAsInt());
        for (int row = 0; row < rows; row++) {
            if (groups[row] >= 0 && !values.isNull(row)) {
                counts[groups[row]]++;
            }
        }
    }

    @Override
    public ColumnVector results(int from, int count) {
        return new LongVector(Arrays.copyOfRange(counts, from, from + count), count, new BitSet());
    }

    @Override
    public long bytes() {
        return 8L * counts.length;
    }
}
