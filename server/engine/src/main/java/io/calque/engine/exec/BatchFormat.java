package io.calque.engine.exec;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches as bytes, for a file that this process reads again: the number of rows, then each column's values, each behind a byte that says
 * whether it is there. Immutable.
 */
final class BatchFormat {
    private final List<DataType> types;

    BatchFormat(List<NativeQuery.Column> columns) {
        this.types = columns.stream().map(NativeQuery.Column::type).toList();
    }

    void write(ColumnBatch batch, DataOutputStream out) throws IOException {
        out.writeInt(batch.rows());
        for (int column = 0; column < types.size(); column++) {
            ColumnVector values = batch.columns().get(column);
            for (int row = 0; row < batch.rows(); row++) {
                write(values.get(row), types.get(column), out);
            }
        }
    }

    ColumnBatch read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        List<ColumnVector> columns = new ArrayList<>();
        for (DataType type : types) {
            ColumnBuilder builder = new ColumnBuilder(type, rows);
            for (int row = 0; row < rows; row++) {
                builder.append(read(type, in));
            }
            columns.add(builder.build());
        }
        return new ColumnBatch(rows, columns);
    }

    private static void write(@Nullable Object value, DataType type, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ ->
                out.writeLong(((Number) value).longValue());
            case REAL, DOUBLE -> out.writeDouble(((Number) value).doubleValue());
            case VARCHAR -> bytes(((String) value).getBytes(StandardCharsets.UTF_8), out);
            case VARBINARY -> bytes((byte[]) value, out);
            case DECIMAL -> {
                BigDecimal number = (BigDecimal) value;
                out.writeInt(number.scale());
                bytes(number.unscaledValue().toByteArray(), out);
            }
            case ARRAY -> {
                List<?> elements = (List<?>) value;
                out.writeInt(elements.size());
                for (Object element : elements) {
                    write(element, type.elementType(), out);
                }
            }
        }
    }

    private static @Nullable Object read(DataType type, DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> in.readBoolean();
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> in.readLong();
            case REAL, DOUBLE -> in.readDouble();
            case VARCHAR -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            case VARBINARY -> in.readNBytes(in.readInt());
            case DECIMAL -> {
                int scale = in.readInt();
                yield new BigDecimal(new BigInteger(in.readNBytes(in.readInt())), scale);
            }
            case ARRAY -> {
                int size = in.readInt();
                List<@Nullable Object> elements = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    elements.add(read(type.elementType(), in));
                }
                yield elements;
            }
        };
    }

    private static void bytes(byte[] value, DataOutputStream out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
