package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.AggregatePlan.Function;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import java.util.Arrays;
import java.util.BitSet;

/** Sums of doubles, in the order of their coming. Single-threaded. */
final class DoubleSumAccumulator implements Accumulator {
    private final int argument;
    private final boolean zeroOfNothing;
    private final BitSet seen = new BitSet();
    private double[] sums = new double[64];

    DoubleSumAccumulator(Call call) {
        this.argument = call.argument().orElseThrow();
        this.zeroOfNothing = call.function() == Function.SUM_OR_ZERO;
    }

    @Override
    public void groups(int count) {
        if (count > sums.length) {
            sums = Arrays.copyOf(sums, Math.max(count, sums.length * 2));
        }
    }

    @Override
    public void add(ColumnBatch batch, int[] groups) {
        DoubleVector values = (DoubleVector) batch.columns().get(argument);
        for (int row = 0; row < batch.rows(); row++) {
            int group = groups[row];
            if (group >= 0 && !values.isNull(row)) {
                sums[group] += values.value(row);
                seen.set(group);
            }
        }
    }

    @Override
    public ColumnVector results(int from, int count) {
        BitSet nulls = new BitSet();
        if (!zeroOfNothing) {
            nulls = seen.get(from, from + count);
            nulls.flip(0, count);
        }
        return new DoubleVector(Arrays.copyOfRange(sums, from, from + count), count, nulls);
    }

    @Override
    public long bytes() {
        return 8L * sums.length + seen.size() / 8;
    }
}
