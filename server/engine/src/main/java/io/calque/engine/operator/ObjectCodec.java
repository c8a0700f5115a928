package io.calque.engine.operator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Single values as bytes, each behind one that tells its class: what is read equals what was written, to the scale of a decimal and the lone
 * surrogate of a text. Stateless.
 */
final class ObjectCodec {
    private static final int NULL = 0;
    private static final int LATIN = 1;
    private static final int UTF16 = 2;
    private static final int SMALL_DECIMAL = 3;
    private static final int LARGE_DECIMAL = 4;
    private static final int BINARY = 5;
    private static final int LIST = 6;
    private static final int LONG = 7;
    private static final int INTEGER = 8;
    private static final int SHORT = 9;
    private static final int BYTE = 10;
    private static final int DOUBLE = 11;
    private static final int FLOAT = 12;
    private static final int TRUE = 13;
    private static final int FALSE = 14;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private ObjectCodec() {}

    static void write(@Nullable Object value, ByteBlock to) {
        if (value == null) {
            to.writeByte(NULL);
        } else if (value instanceof String text) {
            writeText(text, to);
        } else if (value instanceof BigDecimal decimal) {
            writeDecimal(decimal, to);
        } else if (value instanceof ByteString binary) {
            to.writeByte(BINARY);
            to.writeSize(binary.length());
            to.writeBytes(binary.getBytes());
        } else if (value instanceof List<?> list) {
            to.writeByte(LIST);
            to.writeSize(list.size());
            list.forEach(element -> write(element, to));
        } else if (value instanceof Boolean truth) {
            to.writeByte(truth ? TRUE : FALSE);
        } else {
            writeNumber((Number) value, to);
        }
    }

    private static void writeNumber(Number number, ByteBlock to) {
        if (number instanceof Long) {
            to.writeByte(LONG);
            to.writeWord(number.longValue(), Long.BYTES);
        } else if (number instanceof Integer) {
            to.writeByte(INTEGER);
            to.writeWord(number.intValue(), Integer.BYTES);
        } else if (number instanceof Short) {
            to.writeByte(SHORT);
            to.writeWord(number.shortValue(), Short.BYTES);
        } else if (number instanceof Byte) {
            to.writeByte(BYTE);
            to.writeByte(number.byteValue());
        } else if (number instanceof Double) {
            to.writeByte(DOUBLE);
            to.writeWord(Double.doubleToRawLongBits(number.doubleValue()), Long.BYTES);
        } else if (number instanceof Float) {
            to.writeByte(FLOAT);
            to.writeWord(Float.floatToRawIntBits(number.floatValue()), Integer.BYTES);
        } else {
            throw new IllegalStateException("no value of a row: " + number.getClass());
        }
    }

    private static void writeText(String text, ByteBlock to) {
        boolean latin = true;
        for (int i = 0; i < text.length() && latin; i++) {
            latin = text.charAt(i) <= 0xff;
        }
        to.writeByte(latin ? LATIN : UTF16);
        to.writeSize(text.length());
        if (latin) {
            to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            to.writeWord(text.charAt(i), Character.BYTES);
        }
    }

    private static void writeDecimal(BigDecimal decimal, ByteBlock to) {
        BigInteger unscaled = decimal.unscaledValue();
        boolean small = unscaled.compareTo(LEAST) >= 0 && unscaled.compareTo(MOST) <= 0;
        to.writeByte(small ? SMALL_DECIMAL : LARGE_DECIMAL);
        to.writeWord(decimal.scale(), Integer.BYTES);
        if (small) {
            to.writeWord(unscaled.longValue(), Long.BYTES);
            return;
        }
        byte[] bytes = unscaled.toByteArray();
        to.writeSize(bytes.length);
        to.writeBytes(bytes);
    }

    static @Nullable Object read(ByteBuffer from) {
        int tag = from.get();
        return switch (tag) {
            case NULL -> null;
            case LATIN ->
                new String(ByteBlock.readBytes(from, (int) ByteBlock.readSize(from)), StandardCharsets.ISO_8859_1);
            case UTF16 -> readWideText(from);
            case SMALL_DECIMAL -> {
                int scale = (int) ByteBlock.readWord(from, Integer.BYTES);
                yield BigDecimal.valueOf(ByteBlock.readWord(from, Long.BYTES), scale);
            }
            case LARGE_DECIMAL -> {
                int scale = (int) ByteBlock.readWord(from, Integer.BYTES);
                byte[] bytes = ByteBlock.readBytes(from, (int) ByteBlock.readSize(from));
                yield new BigDecimal(new BigInteger(bytes), scale);
            }
            case BINARY -> new ByteString(ByteBlock.readBytes(from, (int) ByteBlock.readSize(from)));
            case LIST -> readList(from);
            case LONG -> (Object) ByteBlock.readWord(from, Long.BYTES);
            case INTEGER -> (Object) (int) ByteBlock.readWord(from, Integer.BYTES);
            case SHORT -> (Object) (short) ByteBlock.readWord(from, Short.BYTES);
            case BYTE -> (Object) from.get();
            case DOUBLE -> (Object) Double.longBitsToDouble(ByteBlock.readWord(from, Long.BYTES));
            case FLOAT -> (Object) Float.intBitsToFloat((int) ByteBlock.readWord(from, Integer.BYTES));
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new IllegalStateException("no such value on disk: " + tag);
        };
    }

    private static String readWideText(ByteBuffer from) {
        char[] units = new char[(int) ByteBlock.readSize(from)];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) ByteBlock.readWord(from, Character.BYTES);
        }
        return new String(units);
    }

    private static List<@Nullable Object> readList(ByteBuffer from) {
        int size = (int) ByteBlock.readSize(from);
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read(from));
        }
        return list;
    }
}
