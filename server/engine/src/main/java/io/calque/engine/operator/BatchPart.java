package io.calque.engine.operator;

import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.batch.ObjectVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows picked from a batch. Stateless. */
public final class BatchPart {
    private BatchPart() {}

    /** The rows from {@code from} to before {@code to}. */
    static ColumnBatch of(ColumnBatch batch, int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
        }
        return new ColumnBatch(rows.length, gather(batch, rows, rows.length));
    }

    /** The columns of the rows that {@code rows} names; {@link StoredColumn#NO_ROW} gives NULLs. */
    public static List<ColumnVector> gather(ColumnBatch batch, int[] rows, int count) {
        List<ColumnVector> columns = new ArrayList<>(batch.columns().size());
        for (ColumnVector column : batch.columns()) {
            columns.add(gather(column, rows, count));
        }
        return columns;
    }

    private static ColumnVector gather(ColumnVector column, int[] rows, int count) {
        if (column instanceof ObjectVector objects) {
            @Nullable Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] < 0 ? null : objects.get(rows[i]);
            }
            return new ObjectVector(values, count);
        }
        BitSet nulls = new BitSet();
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0 || column.isNull(rows[i])) {
                nulls.set(i);
            }
        }
        if (column instanceof LongVector longs) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] < 0 ? 0 : longs.value(rows[i]);
            }
            return new LongVector(values, count, nulls);
        }
        if (column instanceof DoubleVector doubles) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] < 0 ? 0 : doubles.value(rows[i]);
            }
            return new DoubleVector(values, count, nulls);
        }
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = rows[i] >= 0 && ((BooleanVector) column).value(rows[i]);
        }
        return new BooleanVector(values, count, nulls);
    }
}
