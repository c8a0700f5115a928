package io.calque.spi.batch;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values that are objects: text, decimals, binaries and lists; null is SQL NULL. The array is owned, never written again. */
public final class ObjectVector implements ColumnVector {
    private final @Nullable Object[] values;
    private final int size;
    /** Counted when first asked for, since each of several accounts asks and a count touches every value; -1 before. */
    private volatile long bytes = -1;

    /**
     * @param values at least {@code size} long; handed over, not copied
     */
    public ObjectVector(@Nullable Object[] values, int size) {
        this.values = Objects.requireNonNull(values);
        this.size = Objects.checkIndex(size, values.length + 1);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNull(int row) {
        return values[row] == null;
    }

    @Override
    public @Nullable Object get(int row) {
        return values[row];
    }

    @Override
    public long sizeInBytes() {
        long known = bytes;
        if (known < 0) {
            known = 8L * size;
            for (int row = 0; row < size; row++) {
                known += sizeOf(values[row]);
            }
            bytes = known;
        }
        return known;
    }

    private static long sizeOf(@Nullable Object value) {
        if (value instanceof String text) {
            return 40L + text.length();
        }
        if (value instanceof BigDecimal) {
            return 40L;
        }
        if (value instanceof byte[] binary) {
            return 16L + binary.length;
        }
        if (value instanceof List<?> list) {
            long elements = 24L;
            for (Object element : list) {
                elements += 16L + sizeOf(element);
            }
            return elements;
        }
        return 0;
    }
}
