package io.calque.app.avatica;

import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.batch.ObjectVector;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as the columnar frame that Calque's driver reads. Stateless.
 *
 * <p>Little-endian: an int of rows, then for each column a byte of kind, a byte that is 1 when a null bitmap follows (one bit a
 * row, lowest first), and the values. Kinds: 0 nothing but nulls; 1 booleans, a bit each; 2 to 5 integers of 1, 2, 4 or 8
 * bytes, whichever all values fit; 6 doubles; 7 ASCII and 8 UTF-8 text; 9 decimals of one scale (a byte) as 8-byte unscaled
 * integers; 10 decimals as ASCII text; 11 binary; 12 lists. Text, binary and lists begin with an int a row: where its value
 * ends, counted in bytes, or in elements for lists, whose elements follow as one more column.
 */
final class ColumnFrames {
    private static final byte NULLS = 0;
    private static final byte BITS = 1;
    private static final byte INT8 = 2;
    private static final byte INT16 = 3;
    private static final byte INT32 = 4;
    private static final byte INT64 = 5;
    private static final byte DOUBLE = 6;
    private static final byte ASCII = 7;
    private static final byte UTF8 = 8;
    private static final byte DECIMAL64 = 9;
    private static final byte DECIMAL_TEXT = 10;
    private static final byte BINARY = 11;
    private static final byte LIST = 12;

    private ColumnFrames() {}

    static byte[] write(List<DataType> types, RowSlices slices) {
        FrameBuffer out = new FrameBuffer(64 * 1024);
        out.putInt(slices.rows());
        for (int i = 0; i < types.size(); i++) {
            write(out, types.get(i), slices.column(i));
        }
        return out.toBytes();
    }

    private static void write(FrameBuffer out, DataType type, ColumnSlices column) {
        byte[] nulls = column.nullBitmap();
        if (nulls != null && column.allNull()) {
            out.put(NULLS);
            out.put((byte) 0);
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> {
                header(out, BITS, nulls);
                out.put(bits(column));
            }
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> longs(out, nulls, column);
            case REAL, DOUBLE -> {
                header(out, DOUBLE, nulls);
                out.putDoubles(doubles(column));
            }
            case VARCHAR -> texts(out, nulls, column);
            case DECIMAL -> decimals(out, nulls, column);
            case VARBINARY -> binaries(out, nulls, column);
            case ARRAY -> lists(out, nulls, type.elementType(), column);
        }
    }

    private static void header(FrameBuffer out, byte kind, byte @Nullable [] nulls) {
        out.put(kind);
        out.put((byte) (nulls == null ? 0 : 1));
        if (nulls != null) {
            out.put(nulls);
        }
    }

    private static byte[] bits(ColumnSlices column) {
        byte[] bits = new byte[(column.rows() + 7) / 8];
        column.forEach((row, vector, index) -> {
            if (!vector.isNull(index) && ((BooleanVector) vector).value(index)) {
                bits[row >> 3] |= (byte) (1 << (row & 7));
            }
        });
        return bits;
    }

    private static void longs(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        long[] values = new long[column.rows()];
        column.forEach(
                (row, vector, index) -> values[row] = vector.isNull(index) ? 0 : ((LongVector) vector).value(index));
        long min = 0;
        long max = 0;
        for (long value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        if (min >= Byte.MIN_VALUE && max <= Byte.MAX_VALUE) {
            header(out, INT8, nulls);
            out.putBytes(values);
        } else if (min >= Short.MIN_VALUE && max <= Short.MAX_VALUE) {
            header(out, INT16, nulls);
            out.putShorts(values);
        } else if (min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE) {
            header(out, INT32, nulls);
            out.putInts(values);
        } else {
            header(out, INT64, nulls);
            out.putLongs(values);
        }
    }

    private static double[] doubles(ColumnSlices column) {
        double[] values = new double[column.rows()];
        column.forEach(
                (row, vector, index) -> values[row] = vector.isNull(index) ? 0 : ((DoubleVector) vector).value(index));
        return values;
    }

    private static void texts(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        byte[][] values = new byte[column.rows()][];
        boolean[] ascii = {true};
        column.forEach((row, vector, index) -> {
            if (((ObjectVector) vector).get(index) instanceof String text) {
                values[row] = text.getBytes(StandardCharsets.UTF_8);
                // a character beyond ASCII takes more bytes than characters
                ascii[0] &= values[row].length == text.length();
            }
        });
        header(out, ascii[0] ? ASCII : UTF8, nulls);
        out.putAll(values);
    }

    private static void decimals(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        @Nullable BigDecimal[] values = new BigDecimal[column.rows()];
        int[] scale = {Integer.MIN_VALUE};
        boolean[] uniform = {true};
        column.forEach((row, vector, index) -> {
            if (((ObjectVector) vector).get(index) instanceof BigDecimal value) {
                values[row] = value;
                if (scale[0] == Integer.MIN_VALUE) {
                    scale[0] = value.scale();
                }
                uniform[0] &= value.scale() == scale[0] && value.precision() <= 18;
            }
        });
        if (uniform[0] && scale[0] >= Byte.MIN_VALUE && scale[0] <= Byte.MAX_VALUE) {
            long[] unscaled = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                BigDecimal value = values[i];
                unscaled[i] = value == null ? 0 : unscaled(value);
            }
            header(out, DECIMAL64, nulls);
            out.put((byte) scale[0]);
            out.putLongs(unscaled);
            return;
        }
        byte[][] texts = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            BigDecimal value = values[i];
            if (value != null) {
                texts[i] = value.toString().getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        header(out, DECIMAL_TEXT, nulls);
        out.putAll(texts);
    }

    private static long unscaled(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        return unscaled.longValue();
    }

    private static void binaries(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        byte[][] values = new byte[column.rows()][];
        column.forEach((row, vector, index) -> {
            if (((ObjectVector) vector).get(index) instanceof byte[] bytes) {
                values[row] = bytes;
            }
        });
        header(out, BINARY, nulls);
        out.putAll(values);
    }

    private static void lists(FrameBuffer out, byte @Nullable [] nulls, DataType elementType, ColumnSlices column) {
        ColumnBuilder elements = new ColumnBuilder(elementType, column.rows());
        int[] ends = new int[column.rows()];
        column.forEach((row, vector, index) -> {
            if (((ObjectVector) vector).get(index) instanceof List<?> list) {
                list.forEach(elements::append);
            }
            ends[row] = elements.size();
        });
        header(out, LIST, nulls);
        out.putEnds(ends);
        ColumnVector flat = elements.build();
        write(out, elementType, ColumnSlices.whole(flat));
    }
}
