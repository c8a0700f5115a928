package io.calque.engine.exec;

import io.calque.engine.ResultColumn;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.ObjectVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rows of a query whose one source answers all of it, as they arrive: nobody here looks at single rows. A column whose values would
 * change on their way through operators (a negative zero, a decimal of another scale) is brought to what they would have made of it.
 * Single-threaded.
 */
final class FetchedBatches {
    private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

    private final List<DataType> types;
    private final Supplier<Optional<ColumnBatch>> batches;

    FetchedBatches(List<ResultColumn> columns, Supplier<Optional<ColumnBatch>> batches) {
        this.types = columns.stream().map(ResultColumn::type).toList();
        this.batches = batches;
    }

    /** Whether the plan is one fetch and nothing else. */
    static boolean suffice(PlannedQuery plan) {
        return plan.tree().fetch().isPresent()
                && plan.fragments().size() == 1
                && plan.replayed().isEmpty()
                && !plan.columns().isEmpty()
                && plan.fragments().get(0).columns().stream()
                        .map(NativeQuery.Column::type)
                        .toList()
                        .equals(plan.columns().stream().map(ResultColumn::type).toList());
    }

    /** The next batch that has rows; nothing at the end. */
    Optional<ColumnBatch> next() {
        for (Optional<ColumnBatch> batch = batches.get(); batch.isPresent(); batch = batches.get()) {
            if (batch.get().rows() > 0) {
                return Optional.of(asResult(batch.get()));
            }
        }
        return Optional.empty();
    }

    private ColumnBatch asResult(ColumnBatch batch) {
        List<ColumnVector> columns = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            ColumnVector column = batch.columns().get(i);
            columns.add(isResult(types.get(i), column) ? column : converted(types.get(i), column));
        }
        return new ColumnBatch(batch.rows(), columns);
    }

    private static boolean isResult(DataType type, ColumnVector column) {
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, VARCHAR, VARBINARY -> true;
            case DOUBLE -> column instanceof DoubleVector doubles && !hasNegativeZero(doubles);
            case DECIMAL -> column instanceof ObjectVector decimals && fit(decimals, type);
            case REAL, ARRAY -> false;
        };
    }

    private static boolean hasNegativeZero(DoubleVector column) {
        for (int row = 0; row < column.size(); row++) {
            if (Double.doubleToRawLongBits(column.value(row)) == NEGATIVE_ZERO) {
                return true;
            }
        }
        return false;
    }

    private static boolean fit(ObjectVector column, DataType type) {
        for (int row = 0; row < column.size(); row++) {
            if (column.get(row) instanceof BigDecimal value
                    && (value.scale() != type.scale() || value.precision() > type.precision())) {
                return false;
            }
        }
        return true;
    }

    private static ColumnVector converted(DataType type, ColumnVector column) {
        Function<Object, Object> decoder = RowDecoder.decoder(type);
        ColumnBuilder builder = new ColumnBuilder(type, column.size());
        for (int row = 0; row < column.size(); row++) {
            Object value = column.get(row);
            builder.append(RowEncoder.encode(value == null ? null : decoder.apply(value), type));
        }
        return builder.build();
    }
}
