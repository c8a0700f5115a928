package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.AggregatePlan.Function;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.ObjectVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** MIN or MAX of decimals, or of texts that were made to compare by code point. Single-threaded. */
final class ObjectExtremeAccumulator implements Accumulator {
    private static final int SLOT_BYTES = 4;

    private final int argument;
    private final boolean least;
    private @Nullable Object[] extremes = new Object[64];
    private long bytes;

    ObjectExtremeAccumulator(Call call) {
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
        ObjectVector values = (ObjectVector) batch.columns().get(argument);
        for (int row = 0; row < batch.rows(); row++) {
            int group = groups[row];
            Object value = values.get(row);
            if (group < 0 || value == null) {
                continue;
            }
            Object extreme = extremes[group];
            if (extreme == null || isBetter(value, extreme)) {
                bytes += ValueSizes.of(value) - (extreme == null ? 0 : ValueSizes.of(extreme));
                extremes[group] = value;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private boolean isBetter(Object value, Object extreme) {
        int order = ((Comparable<Object>) extreme).compareTo(value);
        return least ? order > 0 : order < 0;
    }

    @Override
    public ColumnVector results(int from, int count) {
        return new ObjectVector(Arrays.copyOfRange(extremes, from, from + count), count);
    }

    @Override
    public long bytes() {
        return bytes + (long) SLOT_BYTES * extremes.length;
    }
}
