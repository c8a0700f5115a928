package io.calque.app.avatica;

import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.batch.ObjectVector;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as the columnar frame that Calque's driver reads, straight from the batches that hold them. Stateless.
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

    private static final int SMALLEST = 1024;

    /** Digits that any unscaled value within 8 bytes has room for. */
    private static final int DIGITS = 18;

    private ColumnFrames() {}

    /**
     * @param sizeInBytes a guess at what will be written
     */
    static ByteBuffer write(List<DataType> types, RowSlices slices, int sizeInBytes) {
        FrameBuffer out = new FrameBuffer(Math.max(SMALLEST, sizeInBytes));
        out.putInt(slices.rows());
        for (int i = 0; i < types.size(); i++) {
            write(out, types.get(i), slices.column(i));
        }
        return out.written();
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
                doubles(out, column);
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
        int row = 0;
        for (ColumnSlices.Part part : column.parts()) {
            BooleanVector vector = (BooleanVector) part.vector();
            for (int i = part.from(); i < part.to(); i++, row++) {
                if (!vector.isNull(i) && vector.value(i)) {
                    bits[row >> 3] |= (byte) (1 << (row & 7));
                }
            }
        }
        return bits;
    }

    private static void longs(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        long min = 0;
        long max = 0;
        for (ColumnSlices.Part part : column.parts()) {
            LongVector vector = (LongVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                long value = nulls != null && vector.isNull(i) ? 0 : vector.value(i);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        byte kind = width(min, max);
        header(out, kind, nulls);
        out.reserve(column.rows() * Long.BYTES);
        for (ColumnSlices.Part part : column.parts()) {
            LongVector vector = (LongVector) part.vector();
            switch (kind) {
                case INT8 -> {
                    for (int i = part.from(); i < part.to(); i++) {
                        out.byteInRoom((byte) vector.value(i));
                    }
                }
                case INT16 -> {
                    for (int i = part.from(); i < part.to(); i++) {
                        out.shortInRoom((short) vector.value(i));
                    }
                }
                case INT32 -> {
                    for (int i = part.from(); i < part.to(); i++) {
                        out.intInRoom((int) vector.value(i));
                    }
                }
                default -> {
                    for (int i = part.from(); i < part.to(); i++) {
                        out.longInRoom(vector.value(i));
                    }
                }
            }
        }
    }

    private static byte width(long min, long max) {
        if (min >= Byte.MIN_VALUE && max <= Byte.MAX_VALUE) {
            return INT8;
        }
        if (min >= Short.MIN_VALUE && max <= Short.MAX_VALUE) {
            return INT16;
        }
        return min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE ? INT32 : INT64;
    }

    private static void doubles(FrameBuffer out, ColumnSlices column) {
        out.reserve(column.rows() * Double.BYTES);
        for (ColumnSlices.Part part : column.parts()) {
            DoubleVector vector = (DoubleVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                out.longInRoom(Double.doubleToRawLongBits(vector.value(i)));
            }
        }
    }

    private static void texts(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        int kind = out.position();
        header(out, ASCII, nulls);
        FrameBuffer.Values values = out.values(column.rows());
        boolean ascii = true;
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (vector.get(i) instanceof String text) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    // a character beyond ASCII takes more bytes than characters
                    ascii &= bytes.length == text.length();
                    values.add(bytes);
                } else {
                    values.addNone();
                }
            }
        }
        if (!ascii) {
            out.replace(kind, UTF8);
        }
    }

    private static void decimals(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        int start = out.position();
        header(out, DECIMAL64, nulls);
        int scale = scale(column);
        if (scale == (byte) scale) {
            out.put((byte) scale);
            if (unscaled(out, scale, column)) {
                return;
            }
        }
        out.truncate(start);
        header(out, DECIMAL_TEXT, nulls);
        FrameBuffer.Values values = out.values(column.rows());
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (vector.get(i) instanceof BigDecimal value) {
                    values.add(value.toString().getBytes(StandardCharsets.ISO_8859_1));
                } else {
                    values.addNone();
                }
            }
        }
    }

    /** That of the first value; there is one. */
    private static int scale(ColumnSlices column) {
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (vector.get(i) instanceof BigDecimal value) {
                    return value.scale();
                }
            }
        }
        return 0;
    }

    /** False when some value has another scale or too many digits. */
    private static boolean unscaled(FrameBuffer out, int scale, ColumnSlices column) {
        out.reserve(column.rows() * Long.BYTES);
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (!(vector.get(i) instanceof BigDecimal value)) {
                    out.longInRoom(0);
                    continue;
                }
                if (value.scale() != scale || value.precision() > DIGITS) {
                    return false;
                }
                // unlike unscaledValue() this makes no BigInteger
                out.longInRoom(value.scaleByPowerOfTen(scale).longValue());
            }
        }
        return true;
    }

    private static void binaries(FrameBuffer out, byte @Nullable [] nulls, ColumnSlices column) {
        header(out, BINARY, nulls);
        FrameBuffer.Values values = out.values(column.rows());
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (vector.get(i) instanceof byte[] bytes) {
                    values.add(bytes);
                } else {
                    values.addNone();
                }
            }
        }
    }

    private static void lists(FrameBuffer out, byte @Nullable [] nulls, DataType elementType, ColumnSlices column) {
        ColumnBuilder elements = new ColumnBuilder(elementType, column.rows());
        header(out, LIST, nulls);
        out.reserve(column.rows() * Integer.BYTES);
        for (ColumnSlices.Part part : column.parts()) {
            ObjectVector vector = (ObjectVector) part.vector();
            for (int i = part.from(); i < part.to(); i++) {
                if (vector.get(i) instanceof List<?> list) {
                    list.forEach(elements::append);
                }
                out.intInRoom(elements.size());
            }
        }
        ColumnVector flat = elements.build();
        write(out, elementType, ColumnSlices.whole(flat));
    }
}
