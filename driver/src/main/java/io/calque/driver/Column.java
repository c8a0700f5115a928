package io.calque.driver;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The values of one column in one frame, decoded as they are asked for. Immutable.
 *
 * <p>By kind: 0 nothing but nulls; 1 booleans, a bit each; 2 to 5 integers of 1, 2, 4 or 8 bytes; 6 doubles; 7 ASCII and 8
 * UTF-8 text; 9 decimals of one scale (a byte) as 8-byte unscaled integers; 10 decimals as ASCII text; 11 binary; 12 lists.
 * Text, binary and lists begin with an int a row: where its value ends, counted in bytes, or in elements for lists, whose
 * elements follow as one more column.
 */
abstract class Column {
    private final byte[] nulls;

    private Column(byte[] nulls) {
        this.nulls = nulls;
    }

    final boolean isNull(int row) {
        return nulls != null && (nulls[row >> 3] >> (row & 7) & 1) != 0;
    }

    /** The value in the wire's form: Boolean, Long, Double, String, BigDecimal, byte[], List; null for SQL NULL. */
    final Object get(int row) {
        return isNull(row) ? null : value(row);
    }

    abstract Object value(int row);

    static Column read(ByteBuffer in, int rows) {
        int kind = in.get();
        byte[] nulls = in.get() == 0 ? null : bytes(in, (rows + 7) / 8);
        switch (kind) {
            case 0:
                return new Nulls(rows);
            case 1:
                return new Bits(nulls, bytes(in, (rows + 7) / 8));
            case 2:
            case 3:
            case 4:
            case 5:
                return new Longs(nulls, longs(in, rows, kind));
            case 6:
                double[] doubles = new double[rows];
                in.asDoubleBuffer().get(doubles);
                in.position(in.position() + rows * 8);
                return new Doubles(nulls, doubles);
            case 7:
                return new Texts(nulls, ends(in, rows), StandardCharsets.ISO_8859_1, in);
            case 8:
                return new Texts(nulls, ends(in, rows), StandardCharsets.UTF_8, in);
            case 9:
                int scale = in.get();
                return new Decimals(nulls, scale, longs(in, rows, 5));
            case 10:
                return new DecimalTexts(nulls, new Texts(null, ends(in, rows), StandardCharsets.ISO_8859_1, in));
            case 11:
                return new Binaries(nulls, ends(in, rows), in);
            case 12:
                int[] ends = ends(in, rows);
                return new Lists(nulls, ends, read(in, rows == 0 ? 0 : ends[rows - 1]));
            default:
                throw new IllegalStateException("unknown kind of column " + kind);
        }
    }

    /** A column of values already at hand. */
    static Column of(Object[] values) {
        return new Values(values);
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static int[] ends(ByteBuffer in, int rows) {
        int[] ends = new int[rows];
        in.asIntBuffer().get(ends);
        in.position(in.position() + rows * 4);
        return ends;
    }

    private static long[] longs(ByteBuffer in, int rows, int kind) {
        long[] longs = new long[rows];
        switch (kind) {
            case 2:
                for (int i = 0; i < rows; i++) {
                    longs[i] = in.get();
                }
                break;
            case 3:
                for (int i = 0; i < rows; i++) {
                    longs[i] = in.getShort();
                }
                break;
            case 4:
                for (int i = 0; i < rows; i++) {
                    longs[i] = in.getInt();
                }
                break;
            default:
                in.asLongBuffer().get(longs);
                in.position(in.position() + rows * 8);
        }
        return longs;
    }

    private static final class Values extends Column {
        private final Object[] values;

        Values(Object[] values) {
            super(null);
            this.values = values;
        }

        @Override
        Object value(int row) {
            return values[row];
        }
    }

    private static final class Nulls extends Column {
        Nulls(int rows) {
            super(filled((rows + 7) / 8));
        }

        private static byte[] filled(int size) {
            byte[] bits = new byte[size];
            Arrays.fill(bits, (byte) 0xff);
            return bits;
        }

        @Override
        Object value(int row) {
            return null;
        }
    }

    private static final class Bits extends Column {
        private final byte[] bits;

        Bits(byte[] nulls, byte[] bits) {
            super(nulls);
            this.bits = bits;
        }

        @Override
        Object value(int row) {
            return (bits[row >> 3] >> (row & 7) & 1) != 0;
        }
    }

    /** Integers of every width, dates and times: read without boxing. */
    static final class Longs extends Column {
        private final long[] values;

        Longs(byte[] nulls, long[] values) {
            super(nulls);
            this.values = values;
        }

        long longAt(int row) {
            return values[row];
        }

        @Override
        Object value(int row) {
            return values[row];
        }
    }

    /** REAL and DOUBLE: read without boxing. */
    static final class Doubles extends Column {
        private final double[] values;

        Doubles(byte[] nulls, double[] values) {
            super(nulls);
            this.values = values;
        }

        double doubleAt(int row) {
            return values[row];
        }

        @Override
        Object value(int row) {
            return values[row];
        }
    }

    private static final class Texts extends Column {
        private final int[] ends;
        private final Charset charset;
        private final byte[] data;

        Texts(byte[] nulls, int[] ends, Charset charset, ByteBuffer in) {
            super(nulls);
            this.ends = ends;
            this.charset = charset;
            this.data = bytes(in, ends.length == 0 ? 0 : ends[ends.length - 1]);
        }

        @Override
        String value(int row) {
            int start = row == 0 ? 0 : ends[row - 1];
            return new String(data, start, ends[row] - start, charset);
        }
    }

    private static final class Decimals extends Column {
        private final int scale;
        private final long[] unscaled;

        Decimals(byte[] nulls, int scale, long[] unscaled) {
            super(nulls);
            this.scale = scale;
            this.unscaled = unscaled;
        }

        @Override
        Object value(int row) {
            return BigDecimal.valueOf(unscaled[row], scale);
        }
    }

    private static final class DecimalTexts extends Column {
        private final Texts texts;

        DecimalTexts(byte[] nulls, Texts texts) {
            super(nulls);
            this.texts = texts;
        }

        @Override
        Object value(int row) {
            return new BigDecimal(texts.value(row));
        }
    }

    private static final class Binaries extends Column {
        private final int[] ends;
        private final byte[] data;

        Binaries(byte[] nulls, int[] ends, ByteBuffer in) {
            super(nulls);
            this.ends = ends;
            this.data = bytes(in, ends.length == 0 ? 0 : ends[ends.length - 1]);
        }

        @Override
        Object value(int row) {
            return Arrays.copyOfRange(data, row == 0 ? 0 : ends[row - 1], ends[row]);
        }
    }

    private static final class Lists extends Column {
        private final int[] ends;
        private final Column elements;

        Lists(byte[] nulls, int[] ends, Column elements) {
            super(nulls);
            this.ends = ends;
            this.elements = elements;
        }

        @Override
        Object value(int row) {
            List<Object> list = new ArrayList<>();
            for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
                list.add(elements.get(i));
            }
            return Collections.unmodifiableList(list);
        }
    }
}
