package io.calque.engine.operator;

import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import java.util.List;
import java.util.Objects;

/** Copies single rows of batches, without objects for numbers. Stateless. */
final class BatchRowCopy {
    private BatchRowCopy() {}

    static void append(ColumnBatch batch, int row, List<ColumnBuilder> builders) {
        for (int i = 0; i < builders.size(); i++) {
            ColumnVector column = batch.columns().get(i);
            ColumnBuilder builder = builders.get(i);
            if (column.isNull(row)) {
                builder.appendNull();
            } else if (column instanceof LongVector longs) {
                builder.appendLong(longs.value(row));
            } else if (column instanceof DoubleVector doubles) {
                builder.appendDouble(doubles.value(row));
            } else if (column instanceof BooleanVector booleans) {
                builder.appendBoolean(booleans.value(row));
            } else {
                builder.appendObject(Objects.requireNonNull(column.get(row)));
            }
        }
    }
}
