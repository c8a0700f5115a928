package io.calque.app.avatica;

import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns batches into the lists of objects that plain Avatica clients read. Stateless. */
final class PlainRows {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private PlainRows() {}

    static List<Object> of(List<DataType> types, RowSlices slices) {
        List<Object> rows = new ArrayList<>(slices.rows());
        for (RowSlices.Slice slice : slices.slices()) {
            List<ColumnVector> columns = slice.batch().columns();
            for (int row = slice.from(); row < slice.to(); row++) {
                List<@Nullable Object> values = new ArrayList<>(types.size());
                for (int i = 0; i < types.size(); i++) {
                    values.add(value(types.get(i), columns.get(i), row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static @Nullable Object value(DataType type, ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (type.kind()) {
            case SMALLINT -> (short) ((LongVector) vector).value(row);
            case INTEGER, DATE, TIME -> (int) ((LongVector) vector).value(row);
            case REAL -> (float) ((DoubleVector) vector).value(row);
            case TIMESTAMP_TZ -> INSTANT.format(Instant.ofEpochMilli(((LongVector) vector).value(row)));
            case ARRAY -> elements(type.elementType(), (List<?>) vector.get(row));
            default -> vector.get(row);
        };
    }

    private static @Nullable Object elements(DataType type, @Nullable List<?> list) {
        if (list == null) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(element == null ? null : element(type, element));
        }
        return elements;
    }

    private static @Nullable Object element(DataType type, Object value) {
        return switch (type.kind()) {
            case SMALLINT -> ((Number) value).shortValue();
            case INTEGER, DATE, TIME -> ((Number) value).intValue();
            case BIGINT, TIMESTAMP -> ((Number) value).longValue();
            case REAL -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case TIMESTAMP_TZ -> INSTANT.format(Instant.ofEpochMilli(((Number) value).longValue()));
            case ARRAY -> elements(type.elementType(), (List<?>) value);
            default -> value;
        };
    }
}
