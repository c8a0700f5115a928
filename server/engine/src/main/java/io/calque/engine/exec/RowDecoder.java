package io.calque.engine.exec;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/** Turns rows of a batch into Calcite's internal values. Immutable. */
final class RowDecoder {
    private final List<Function<Object, Object>> columns;

    RowDecoder(List<NativeQuery.Column> columns) {
        this.columns = columns.stream().map(c -> decoder(c.type())).toList();
    }

    /** The value itself where there is one column, an empty list where there is none, else an array. */
    @Nullable Object row(ColumnBatch batch, int row) {
        if (columns.size() == 1) {
            return value(batch, row, 0);
        }
        if (columns.isEmpty()) {
            return FlatLists.of();
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(batch, row, i);
        }
        return values;
    }

    private @Nullable Object value(ColumnBatch batch, int row, int column) {
        ColumnVector vector = batch.columns().get(column);
        Object value = vector.get(row);
        return value == null ? null : columns.get(column).apply(value);
    }

    static Function<Object, Object> decoder(DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> value -> ((Number) value).shortValue();
            case INTEGER, DATE, TIME -> value -> ((Number) value).intValue();
            // A negative zero equals zero, and hash joins, groups and DISTINCT compare objects: adding zero makes it
            // one.
            case REAL -> value -> ((Number) value).floatValue() + 0.0f;
            case DOUBLE -> value -> ((Number) value).doubleValue() + 0.0;
            case VARBINARY -> value -> new ByteString((byte[]) value);
            case ARRAY -> {
                Function<Object, Object> element = decoder(type.elementType());
                yield value -> list((List<?>) value, element);
            }
            case BOOLEAN, BIGINT, DECIMAL, VARCHAR, TIMESTAMP, TIMESTAMP_TZ -> value -> value;
        };
    }

    private static List<@Nullable Object> list(List<?> values, Function<Object, Object> element) {
        List<@Nullable Object> decoded = new ArrayList<>(values.size());
        for (Object value : values) {
            decoded.add(value == null ? null : element.apply(value));
        }
        return decoded;
    }
}
