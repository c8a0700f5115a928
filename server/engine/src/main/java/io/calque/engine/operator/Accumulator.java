package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;

/** One computed column of all groups. Single-threaded. */
interface Accumulator {
    /** From now on there are so many groups. */
    void groups(int count);

    /**
     * Adds the rows of a batch.
     *
     * @param groups the group of each row; less than zero for a row that does not count
     */
    void add(ColumnBatch batch, int[] groups);

    /** The results of the groups from {@code from} on. */
    ColumnVector results(int from, int count);

    long bytes();

    static Accumulator of(Call call) {
        return switch (call.function()) {
            case COUNT -> new CountAccumulator(call.argument());
            case SUM, SUM_OR_ZERO -> sum(call);
            case MIN, MAX ->
                call.result().isWord() ? new WordExtremeAccumulator(call) : new ObjectExtremeAccumulator(call);
        };
    }

    private static Accumulator sum(Call call) {
        if (call.result() == ValueKind.DECIMAL) {
            return new DecimalSumAccumulator(call);
        }
        return call.result() == ValueKind.DOUBLE ? new DoubleSumAccumulator(call) : new LongSumAccumulator(call);
    }
}
