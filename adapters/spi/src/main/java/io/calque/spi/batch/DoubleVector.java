package io.calque.spi.batch;

import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Double values with null bits; the array is owned, never written again. */
public final class DoubleVector implements ColumnVector {
    private final double[] values;
    private final int size;
    private final BitSet nulls;

    /**
     * @param values at least {@code size} long; handed over, not copied
     * @param nulls set where the value is SQL NULL; handed over, not copied
     */
    public DoubleVector(double[] values, int size, BitSet nulls) {
        this.values = Objects.requireNonNull(values);
        this.size = Objects.checkIndex(size, values.length + 1);
        this.nulls = Objects.requireNonNull(nulls);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNull(int row) {
        return nulls.get(row);
    }

    /** The value; meaningless where {@link #isNull}. */
    public double value(int row) {
        return values[row];
    }

    @Override
    public @Nullable Object get(int row) {
        if (nulls.get(row)) {
            return null;
        }
        return values[row];
    }

    @Override
    public long sizeInBytes() {
        return 8L * size + size / 8;
    }
}
