package io.calque.engine.operator;

import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * The columns of some rows, and how rows of Calcite's internal values become batches and batches such rows again. In these batches an
 * object is the internal value itself. Immutable.
 *
 * <p>A row is an array of values, the value itself where there is one column, an empty list where there is none.
 */
public record RowLayout(List<ValueKind> columns) {
    public RowLayout {
        columns = List.copyOf(columns);
    }

    int width() {
        return columns.size();
    }

    List<ColumnBuilder> builders(int capacity) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (ValueKind kind : columns) {
            builders.add(new ColumnBuilder(stored(kind), capacity));
        }
        return builders;
    }

    /** A type whose vectors hold values of this kind; of objects any serves. */
    private static DataType stored(ValueKind kind) {
        return switch (kind) {
            case BOOLEAN -> DataType.BOOLEAN;
            case BYTE, SHORT, INTEGER, LONG -> DataType.BIGINT;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case TEXT, DECIMAL, BINARY, LIST -> DataType.VARCHAR;
        };
    }

    void append(@Nullable Object row, List<ColumnBuilder> builders) {
        if (builders.size() == 1) {
            builders.get(0).append(row);
        } else if (!builders.isEmpty()) {
            @Nullable Object[] values = (Object[]) Objects.requireNonNull(row);
            for (int i = 0; i < values.length; i++) {
                builders.get(i).append(values[i]);
            }
        }
    }

    /** So many rows of nothing but NULLs. */
    List<ColumnVector> nulls(int count) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (ColumnBuilder builder : builders(count)) {
            for (int i = 0; i < count; i++) {
                builder.appendNull();
            }
            vectors.add(builder.build());
        }
        return vectors;
    }

    /** A row of objects. */
    @Nullable Object row(ColumnBatch batch, int row) {
        if (columns.size() == 1) {
            return value(batch.columns().get(0), row, columns.get(0));
        }
        if (columns.isEmpty()) {
            return FlatLists.of();
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(batch.columns().get(i), row, columns.get(i));
        }
        return values;
    }

    private static @Nullable Object value(ColumnVector vector, int row, ValueKind kind) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (kind) {
            case BOOLEAN -> (Object) ((BooleanVector) vector).value(row);
            case BYTE -> (Object) (byte) ((LongVector) vector).value(row);
            case SHORT -> (Object) (short) ((LongVector) vector).value(row);
            case INTEGER -> (Object) (int) ((LongVector) vector).value(row);
            case LONG -> (Object) ((LongVector) vector).value(row);
            case FLOAT -> (Object) (float) ((DoubleVector) vector).value(row);
            case DOUBLE -> (Object) ((DoubleVector) vector).value(row);
            case TEXT, DECIMAL, BINARY, LIST -> vector.get(row);
        };
    }
}
