package io.calque.engine.exec;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Turns rows of a batch into arrays of Calcite's internal values. Immutable. */
final class RowDecoder {
    private final List<Function<Object, Object>> columns;

    RowDecoder(List<NativeQuery.Column> columns) {
        this.columns = columns.stream().map(c -> decoder(c.type())).toList();
    }

    @Nullable Object[] row(ColumnBatch batch, int row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            ColumnVector vector = batch.columns().get(i);
            Object value = vector.get(row);
            values[i] = value == null ? null : columns.get(i).apply(value);
        }
        return values;
    }

    static Function<Object, Object> decoder(DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> value -> ((Number) value).shortValue();
            case INTEGER, DATE, TIME -> value -> ((Number) value).intValue();
            case REAL -> value -> ((Number) value).floatValue();
            case VARBINARY -> value -> new ByteString((byte[]) value);
            case ARRAY -> {
                Function<Object, Object> element = decoder(type.elementType());
                yield value -> list((List<?>) value, element);
            }
            case BOOLEAN, BIGINT, DOUBLE, DECIMAL, VARCHAR, TIMESTAMP, TIMESTAMP_TZ -> value -> value;
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
