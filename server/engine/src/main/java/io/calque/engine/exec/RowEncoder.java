package io.calque.engine.exec;

import io.calque.engine.ResultColumn;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Collects rows of Calcite's internal values into batches. Single-threaded. */
final class RowEncoder {
    private final List<DataType> types;
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private int rows;

    RowEncoder(List<ResultColumn> columns, int capacity) {
        this.types = columns.stream().map(ResultColumn::type).toList();
        types.forEach(type -> builders.add(new ColumnBuilder(type, capacity)));
    }

    /**
     * @param row an array of values, or the value itself where there is one column
     */
    void add(@Nullable Object row) {
        if (types.size() == 1) {
            builders.get(0).append(encode(row, types.get(0)));
        } else {
            @Nullable Object[] values = (Object[]) Objects.requireNonNull(row);
            for (int i = 0; i < builders.size(); i++) {
                builders.get(i).append(encode(values[i], types.get(i)));
            }
        }
        rows++;
    }

    int rows() {
        return rows;
    }

    ColumnBatch build() {
        List<ColumnVector> columns = builders.stream().map(ColumnBuilder::build).toList();
        ColumnBatch batch = new ColumnBatch(rows, columns);
        rows = 0;
        return batch;
    }

    static @Nullable Object encode(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DECIMAL -> decimal(value, type);
            case VARBINARY -> value instanceof ByteString bytes ? bytes.getBytes() : value;
            case VARCHAR -> value.toString();
            case ARRAY -> list(value, type.elementType());
            default -> value;
        };
    }

    private static BigDecimal decimal(Object value, DataType type) {
        BigDecimal exact = value instanceof BigDecimal already ? already : new BigDecimal(value.toString());
        BigDecimal scaled = exact.scale() == type.scale() ? exact : exact.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision() && scaled.precision() > DataType.MAX_PRECISION) {
            throw new QueryException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "The value " + exact.toPlainString() + " does not fit " + type + "; CAST it to DOUBLE");
        }
        return scaled;
    }

    private static List<@Nullable Object> list(Object value, DataType element) {
        List<?> values = value instanceof List<?> list ? list : Arrays.asList((Object[]) value);
        List<@Nullable Object> encoded = new ArrayList<>(values.size());
        for (Object item : values) {
            encoded.add(
                    item != null && element.kind() != TypeKind.ARRAY
                            ? boxed(encode(item, element))
                            : encode(item, element));
        }
        return encoded;
    }

    /** Elements follow {@link ColumnVector#get}: Long for integers and times, Double for floats. */
    private static @Nullable Object boxed(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float single ? Double.valueOf(single.doubleValue()) : value;
    }
}
