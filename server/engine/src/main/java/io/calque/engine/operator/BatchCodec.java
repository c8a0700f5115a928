package io.calque.engine.operator;

import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.batch.ObjectVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches as bytes for a file that this process reads again: column after column; whole numbers as what they exceed the least of them by, in as
 * many bytes as the greatest needs. Stateless.
 */
final class BatchCodec {
    private BatchCodec() {}

    static void write(ColumnBatch batch, ByteBlock to) {
        to.writeSize(batch.rows());
        for (ColumnVector column : batch.columns()) {
            if (column instanceof ObjectVector objects) {
                for (int row = 0; row < batch.rows(); row++) {
                    ObjectCodec.write(objects.get(row), to);
                }
            } else {
                writeWords(column, batch.rows(), to);
            }
        }
    }

    private static void writeWords(ColumnVector column, int rows, ByteBlock to) {
        long[] words = new long[rows];
        BitSet nulls = new BitSet();
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                nulls.set(row);
                continue;
            }
            words[row] = word(column, row);
            least = Math.min(least, words[row]);
            most = Math.max(most, words[row]);
        }
        byte[] noneAt = nulls.toByteArray();
        to.writeSize(noneAt.length);
        to.writeBytes(noneAt);
        long spread = least > most ? 0 : most - least;
        int width = (Long.SIZE - Long.numberOfLeadingZeros(spread) + 7) / 8;
        to.writeByte(width);
        to.writeWord(least, Long.BYTES);
        for (int row = 0; row < rows && width > 0; row++) {
            to.writeWord(words[row] - least, width);
        }
    }

    private static long word(ColumnVector column, int row) {
        if (column instanceof LongVector longs) {
            return longs.value(row);
        }
        if (column instanceof DoubleVector doubles) {
            return Double.doubleToRawLongBits(doubles.value(row));
        }
        return ((BooleanVector) column).value(row) ? 1 : 0;
    }

    static ColumnBatch read(ByteBuffer from, RowLayout layout) {
        int rows = (int) ByteBlock.readSize(from);
        List<ColumnVector> columns = new ArrayList<>(layout.width());
        for (ValueKind kind : layout.columns()) {
            columns.add(kind.isWord() ? readWords(from, kind, rows) : readObjects(from, rows));
        }
        return new ColumnBatch(rows, columns);
    }

    private static ColumnVector readObjects(ByteBuffer from, int rows) {
        @Nullable Object[] values = new Object[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = ObjectCodec.read(from);
        }
        return new ObjectVector(values, rows);
    }

    private static ColumnVector readWords(ByteBuffer from, ValueKind kind, int rows) {
        BitSet nulls = BitSet.valueOf(ByteBlock.readBytes(from, (int) ByteBlock.readSize(from)));
        int width = from.get();
        long least = ByteBlock.readWord(from, Long.BYTES);
        long[] words = new long[rows];
        for (int row = 0; row < rows; row++) {
            words[row] = least + (width == 0 ? 0 : ByteBlock.readWord(from, width));
        }
        return vector(kind, words, rows, nulls);
    }

    private static ColumnVector vector(ValueKind kind, long[] words, int rows, BitSet nulls) {
        return switch (kind) {
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = words[row] != 0;
                }
                yield new BooleanVector(values, rows, nulls);
            }
            case FLOAT, DOUBLE -> {
                double[] values = new double[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = Double.longBitsToDouble(words[row]);
                }
                yield new DoubleVector(values, rows, nulls);
            }
            default -> new LongVector(words, rows, nulls);
        };
    }
}
