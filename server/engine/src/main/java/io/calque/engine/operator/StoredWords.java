package io.calque.engine.operator;

import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, times and booleans in eight bytes each: a whole number itself, a fraction by its bits, true as one. In pieces, so that growing copies
 * nothing. Single-threaded.
 */
final class StoredWords implements StoredColumn {
    private static final int PIECE_BITS = 13;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int WITHIN = PIECE - 1;
    private static final int FIRST = 256;

    private final ValueKind kind;
    private final BitSet nulls = new BitSet();
    private long[][] pieces = new long[4][];
    private int size;
    private boolean anyNull;
    private long bytes;

    StoredWords(ValueKind kind) {
        this.kind = kind;
    }

    /** The bits of a value that equal ones share. */
    static long bits(double value) {
        return Double.doubleToLongBits(value);
    }

    long word(int row) {
        return pieces[row >>> PIECE_BITS][row & WITHIN];
    }

    boolean isWhole() {
        return kind.isWhole();
    }

    boolean hasNulls() {
        return anyNull;
    }

    @Override
    public boolean isNull(int row) {
        return anyNull && nulls.get(row);
    }

    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        long word = word(row);
        // each branch boxes for itself: a switch expression would widen all to one type
        return switch (kind) {
            case BOOLEAN -> (Object) (word != 0);
            case BYTE -> (Object) (byte) word;
            case SHORT -> (Object) (short) word;
            case INTEGER -> (Object) (int) word;
            case FLOAT -> (Object) (float) Double.longBitsToDouble(word);
            case DOUBLE -> (Object) Double.longBitsToDouble(word);
            default -> (Object) word;
        };
    }

    void append(long word) {
        int piece = size >>> PIECE_BITS;
        int at = size & WITHIN;
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, piece * 2);
        }
        long[] values = pieces[piece];
        if (values == null || at == values.length) {
            values = grown(piece, values);
        }
        values[at] = word;
        size++;
    }

    void appendNull() {
        nulls.set(size);
        anyNull = true;
        append(0);
    }

    /** Only the first piece begins small: most operators keep few rows. */
    private long[] grown(int piece, long[] values) {
        long[] larger = values == null
                ? new long[piece == 0 ? FIRST : PIECE]
                : Arrays.copyOf(values, values.length * 4 > PIECE ? PIECE : values.length * 4);
        bytes += 8L * (larger.length - (values == null ? 0 : values.length));
        pieces[piece] = larger;
        return larger;
    }

    @Override
    public void append(ColumnVector vector) {
        int rows = vector.size();
        if (vector instanceof LongVector longs) {
            for (int row = 0; row < rows; row++) {
                append(longs.isNull(row), longs.value(row));
            }
        } else if (vector instanceof DoubleVector doubles) {
            for (int row = 0; row < rows; row++) {
                append(doubles.isNull(row), bits(doubles.value(row)));
            }
        } else {
            BooleanVector booleans = (BooleanVector) vector;
            for (int row = 0; row < rows; row++) {
                append(booleans.isNull(row), booleans.value(row) ? 1 : 0);
            }
        }
    }

    @Override
    public void append(ColumnVector vector, int[] rows, int count) {
        if (vector instanceof LongVector longs) {
            for (int i = 0; i < count; i++) {
                append(longs.isNull(rows[i]), longs.value(rows[i]));
            }
        } else if (vector instanceof DoubleVector doubles) {
            for (int i = 0; i < count; i++) {
                append(doubles.isNull(rows[i]), bits(doubles.value(rows[i])));
            }
        } else {
            BooleanVector booleans = (BooleanVector) vector;
            for (int i = 0; i < count; i++) {
                append(booleans.isNull(rows[i]), booleans.value(rows[i]) ? 1 : 0);
            }
        }
    }

    private void append(boolean isNull, long word) {
        if (isNull) {
            appendNull();
        } else {
            append(word);
        }
    }

    @Override
    public ColumnVector gather(int[] rows, int from, int count) {
        BitSet none = nulls(rows, from, count);
        switch (kind) {
            case FLOAT, DOUBLE -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    values[i] = row < 0 ? 0 : Double.longBitsToDouble(word(row));
                }
                return new DoubleVector(values, count, none);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    values[i] = row >= 0 && word(row) != 0;
                }
                return new BooleanVector(values, count, none);
            }
            default -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    values[i] = row < 0 ? 0 : word(row);
                }
                return new LongVector(values, count, none);
            }
        }
    }

    private BitSet nulls(int[] rows, int from, int count) {
        BitSet none = new BitSet();
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row < 0 || anyNull && nulls.get(row)) {
                none.set(i);
            }
        }
        return none;
    }

    @Override
    public int compare(int row, int other) {
        return compareWords(kind, word(row), word(other));
    }

    static int compareWords(ValueKind kind, long word, long other) {
        if (kind == ValueKind.DOUBLE || kind == ValueKind.FLOAT) {
            double left = Double.longBitsToDouble(word);
            double right = Double.longBitsToDouble(other);
            return left == right ? 0 : Double.compare(left, right);
        }
        return Long.compare(word, other);
    }

    @Override
    public long bytes() {
        return bytes + (anyNull ? nulls.size() / 8 : 0);
    }
}
