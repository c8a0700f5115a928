package io.calque.engine.operator;

import io.calque.planner.lowering.RowOrder;
import io.calque.planner.physical.SortPlan;
import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows in batches and in stores. Immutable.
 *
 * <p>The order of most rows is that of their <em>prefixes</em>: numbers made of the first key such that the lesser row never has the greater
 * number. Only rows of one prefix are compared as such.
 */
final class SortOrder {
    private final SortPlan plan;
    private final ValueKind first;

    SortOrder(SortPlan plan) {
        this.plan = plan;
        this.first = plan.columns().get(plan.keys().get(0).column());
    }

    /** Whether rows of one prefix are equal in this order, unless it is that of NULL or next to it. */
    boolean isTold() {
        return plan.keys().size() == 1 && first.isWord();
    }

    /** Whether a value shares this prefix with NULL. */
    static boolean isExtreme(long prefix) {
        return prefix == Long.MIN_VALUE || prefix == Long.MAX_VALUE;
    }

    /** The prefixes of all rows of the batch. */
    void prefixes(ColumnBatch batch, long[] into, int at) {
        SortPlan.Key key = plan.keys().get(0);
        ColumnVector vector = batch.columns().get(key.column());
        long ofNull = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        long flip = key.descending() ? -1 : 0;
        int rows = batch.rows();
        if (vector instanceof LongVector longs) {
            for (int row = 0; row < rows; row++) {
                into[at + row] = longs.isNull(row) ? ofNull : longs.value(row) ^ flip;
            }
        } else if (vector instanceof DoubleVector doubles) {
            for (int row = 0; row < rows; row++) {
                into[at + row] = doubles.isNull(row) ? ofNull : ordered(doubles.value(row)) ^ flip;
            }
        } else if (vector instanceof BooleanVector booleans) {
            for (int row = 0; row < rows; row++) {
                into[at + row] = booleans.isNull(row) ? ofNull : (booleans.value(row) ? 1 : 0) ^ flip;
            }
        } else {
            for (int row = 0; row < rows; row++) {
                Object value = vector.get(row);
                into[at + row] = value == null ? ofNull : ofObject(value) ^ flip;
            }
        }
    }

    /** Bits that compare as the numbers do: zeros are equal, NaN is highest. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static long ofObject(Object value) {
        if (value instanceof String text) {
            long prefix = 0;
            for (int i = 0; i < 4; i++) {
                prefix = prefix << 16 | (i < text.length() ? rank(text.charAt(i)) : 0);
            }
            return prefix ^ Long.MIN_VALUE;
        }
        // rounding to a double never changes places
        return value instanceof BigDecimal decimal ? ordered(decimal.doubleValue()) : 0;
    }

    /** Code points beyond the basic plane are written with surrogates, and stand behind all others. */
    private static int rank(char unit) {
        if (unit < Character.MIN_SURROGATE) {
            return unit;
        }
        return unit > Character.MAX_SURROGATE ? unit - 0x800 : unit + 0x2000;
    }

    /** Of two rows of a store. */
    int compare(RowStore store, int row, int other) {
        for (SortPlan.Key key : plan.keys()) {
            StoredColumn column = store.column(key.column());
            boolean isNull = column.isNull(row);
            boolean otherIsNull = column.isNull(other);
            int order = isNull || otherIsNull
                    ? ofNulls(key, isNull, otherIsNull)
                    : directed(key, column.compare(row, other));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Of rows of two batches. */
    int compare(ColumnBatch batch, int row, ColumnBatch otherBatch, int other) {
        for (SortPlan.Key key : plan.keys()) {
            ColumnVector vector = batch.columns().get(key.column());
            ColumnVector otherVector = otherBatch.columns().get(key.column());
            boolean isNull = vector.isNull(row);
            boolean otherIsNull = otherVector.isNull(other);
            int order = isNull || otherIsNull
                    ? ofNulls(key, isNull, otherIsNull)
                    : directed(key, compareValues(vector.get(row), otherVector.get(other)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareValues(@Nullable Object value, @Nullable Object other) {
        return RowOrder.compareValues(Objects.requireNonNull(value), Objects.requireNonNull(other));
    }

    private static int ofNulls(SortPlan.Key key, boolean isNull, boolean otherIsNull) {
        if (isNull == otherIsNull) {
            return 0;
        }
        return isNull == key.nullsFirst() ? -1 : 1;
    }

    private static int directed(SortPlan.Key key, int order) {
        return key.descending() ? -order : order;
    }

    List<ValueKind> columns() {
        return plan.columns();
    }
}
