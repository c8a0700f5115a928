package io.calque.engine.exec;

import io.calque.engine.ResultColumn;
import io.calque.engine.operator.BatchRows;
import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.RowCursor;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Batches of an operator of our own as those of a result: nobody looks at single rows, but for decimals of another scale. Single-threaded. */
final class OperatorBatches implements AutoCloseable {
    private final List<DataType> types;
    private final RowCursor batches;

    OperatorBatches(List<ResultColumn> columns, BatchRows rows) {
        this.types = columns.stream().map(ResultColumn::type).toList();
        this.batches = rows.batches();
    }

    /** Whether values of the result are those of the operator. */
    static boolean suffice(List<ResultColumn> columns, BatchRows rows) {
        List<ValueKind> kinds = rows.layout().columns();
        if (kinds.size() != columns.size() || kinds.isEmpty()) {
            return false;
        }
        for (int i = 0; i < kinds.size(); i++) {
            if (!isSame(columns.get(i).type().kind(), kinds.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(TypeKind type, ValueKind kind) {
        return switch (type) {
            case BOOLEAN -> kind == ValueKind.BOOLEAN;
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> kind.isWhole();
            case DOUBLE -> kind == ValueKind.DOUBLE;
            case VARCHAR -> kind == ValueKind.TEXT;
            case DECIMAL -> kind == ValueKind.DECIMAL;
            case REAL, VARBINARY, ARRAY -> false;
        };
    }

    /** The next batch that has rows; nothing at the end. */
    Optional<ColumnBatch> next() {
        for (Optional<ColumnBatch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
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
            boolean fits = types.get(i).kind() != TypeKind.DECIMAL || fits(column, types.get(i));
            columns.add(fits ? column : encoded(column, types.get(i)));
        }
        return new ColumnBatch(batch.rows(), columns);
    }

    private static boolean fits(ColumnVector column, DataType type) {
        for (int row = 0; row < column.size(); row++) {
            Object value = column.get(row);
            if (value != null
                    && (!(value instanceof BigDecimal decimal)
                            || decimal.scale() != type.scale()
                            || decimal.precision() > type.precision())) {
                return false;
            }
        }
        return true;
    }

    private static ColumnVector encoded(ColumnVector column, DataType type) {
        ColumnBuilder builder = new ColumnBuilder(type, column.size());
        for (int row = 0; row < column.size(); row++) {
            builder.append(RowEncoder.encode(column.get(row), type));
        }
        return builder.build();
    }

    @Override
    public void close() {
        batches.close();
    }
}
