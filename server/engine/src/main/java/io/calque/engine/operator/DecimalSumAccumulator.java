package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.AggregatePlan.Function;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.ObjectVector;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Exact sums of decimals, of any size: whether a sum fits its type is looked at above. Single-threaded. */
final class DecimalSumAccumulator implements Accumulator {
    private static final int SUM_BYTES = 44;

    private final int argument;
    private final boolean zeroOfNothing;
    private @Nullable BigDecimal[] sums = new BigDecimal[64];
    private int groups;

    DecimalSumAccumulator(Call call) {
        this.argument = call.argument().orElseThrow();
        this.zeroOfNothing = call.function() == Function.SUM_OR_ZERO;
    }

    @Override
    public void groups(int count) {
        groups = count;
        if (count > sums.length) {
            sums = Arrays.copyOf(sums, Math.max(count, sums.length * 2));
        }
    }

    @Override
    public void add(ColumnBatch batch, int[] groupOf) {
        ObjectVector values = (ObjectVector) batch.columns().get(argument);
        for (int row = 0; row < batch.rows(); row++) {
            int group = groupOf[row];
            if (group >= 0 && values.get(row) instanceof BigDecimal value) {
                BigDecimal sum = sums[group];
                sums[group] = (sum == null ? BigDecimal.ZERO : sum).add(value);
            }
        }
    }

    @Override
    public ColumnVector results(int from, int count) {
        @Nullable Object[] results = new Object[count];
        for (int i = 0; i < count; i++) {
            BigDecimal sum = sums[from + i];
            results[i] = sum == null && zeroOfNothing ? BigDecimal.ZERO : sum;
        }
        return new ObjectVector(results, count);
    }

    @Override
    public long bytes() {
        return 4L * sums.length + (long) SUM_BYTES * groups;
    }
}
