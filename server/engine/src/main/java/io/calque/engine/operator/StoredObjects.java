package io.calque.engine.operator;

import io.calque.planner.lowering.RowOrder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.ObjectVector;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts, decimals, binaries and lists. Single-threaded. */
final class StoredObjects implements StoredColumn {
    private static final int PIECE_BITS = 12;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int WITHIN = PIECE - 1;
    private static final int SLOT_BYTES = 4;
    /** Every value counts, but only one in so many is measured. */
    private static final int MEASURED_EVERY = 4;

    private @Nullable Object[][] pieces = new Object[4][];
    private int size;
    private long bytes;
    private long valueBytes;

    @Nullable Object get(int row) {
        return pieces[row >>> PIECE_BITS][row & WITHIN];
    }

    @Override
    public boolean isNull(int row) {
        return get(row) == null;
    }

    @Override
    public @Nullable Object value(int row) {
        return get(row);
    }

    void append(@Nullable Object value) {
        int piece = size >>> PIECE_BITS;
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, piece * 2);
        }
        if (pieces[piece] == null) {
            pieces[piece] = new Object[PIECE];
            bytes += (long) SLOT_BYTES * PIECE;
        }
        pieces[piece][size & WITHIN] = value;
        if (size % MEASURED_EVERY == 0) {
            valueBytes = ValueSizes.of(value);
        }
        bytes += valueBytes;
        size++;
    }

    @Override
    public void append(ColumnVector vector) {
        for (int row = 0; row < vector.size(); row++) {
            append(vector.get(row));
        }
    }

    @Override
    public void append(ColumnVector vector, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            append(vector.get(rows[i]));
        }
    }

    @Override
    public ColumnVector gather(int[] rows, int from, int count) {
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            values[i] = row < 0 ? null : get(row);
        }
        return new ObjectVector(values, count);
    }

    @Override
    public int compare(int row, int other) {
        return RowOrder.compareValues(Objects.requireNonNull(get(row)), Objects.requireNonNull(get(other)));
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
