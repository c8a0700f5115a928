package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.AggregatePlan.Function;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import java.util.Arrays;
import java.util.BitSet;

/** MIN or MAX of whole numbers and times. Single-threaded. */
final class WordExtremeAccumulator implements Accumulator {
    private final int argument;
    private final boolean least;
    private final BitSet seen = new BitSet();
    private long[] extremes = new long[64];

    WordExtremeAccumulator(Call call) {
        this.argument = call.argument().orElseThrow();
        this.least = call.function() == Function.MIN;
    }

    @Override
    public void groups(int count) {
        if (count > extremes.length) {
            extremes = Arrays.copyOf(extremes, Math.max(count, extremes.length * 2));
        }
    }

    @Override
    public void add(ColumnBatch batch, int[] groups) {
        LongVector values = (LongVector) batch.columns().get(argument);
        for (int row = 0; row < batch.rows(); row++) {
            int group = groups[row];
            if (group < 0 || values.isNull(row)) {
                continue;
            }
            long value = values.value(row);
            boolean better = least ? value < extremes[group] : value > extremes[group];
            if (better || !seen.get(group)) {
                extremes[group] = value;
                seen.set(group);
            }
        }
    }

    @Override
    public ColumnVector results(int from, int count) {
        BitSet nulls = seen.get(from, from + count);
        nulls.flip(0, count);
        return new LongVector(Arrays.copyOfRange(extremes, from, from + count), count, nulls);
    }

    @Override
    public long bytes() {
        return 8L * extremes.length + seen.size() / 8;
    }
}
