package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Rows of a join's right side in memory, found by their keys. Single-threaded. */
final class BuildSide {
    private final JoinSides sides;
    private final RowStore store;
    private final RowKeys keys;
    private final boolean[] lonelyWhenNull;
    private final StoredColumn[] keyColumns;
    private final HashIndex index = new HashIndex();
    /** Rows that meet nothing, but are passed on alone. */
    private final BitSet lonely = new BitSet();

    private final BitSet matched = new BitSet();
    private int[] kept = new int[0];
    private @Nullable DenseKeys dense;

    BuildSide(JoinSides sides) {
        this.sides = sides;
        this.store = new RowStore(sides.rightLayout());
        this.keys = sides.rightKeys();
        this.lonelyWhenNull = sides.lonelyWhenNull();
        int[] columns = sides.rightKeyColumns();
        this.keyColumns = new StoredColumn[columns.length];
        for (int i = 0; i < columns.length; i++) {
            keyColumns[i] = store.column(columns[i]);
        }
    }

    void add(ColumnBatch batch) {
        keys.load(batch);
        int rows = batch.rows();
        if (kept.length < rows) {
            kept = new int[rows];
        }
        int count = 0;
        for (int row = 0; row < rows; row++) {
            boolean meetsNothing = keys.anyNull(row, lonelyWhenNull);
            if (meetsNothing && !sides.passesOnRightAlone()) {
                continue;
            }
            int number = index.keep(keys.hash(row));
            if (meetsNothing) {
                lonely.set(number);
            }
            kept[count++] = row;
        }
        if (count == rows) {
            store.append(batch);
        } else {
            store.append(batch, kept, count);
        }
    }

    /** All rows are here. */
    void finish(Crew crew) {
        if (keyColumns.length == 1 && keyColumns[0] instanceof StoredWords words && words.isWhole()) {
            dense = DenseKeys.of(words, size(), lonely);
        }
        if (dense == null) {
            index.linkAll(lonely, crew);
        }
    }

    /** Finds the rows where their keys allow for it; null where they are found by {@link #index}. */
    @Nullable DenseKeys dense() {
        return dense;
    }

    int size() {
        return index.size();
    }

    RowStore store() {
        return store;
    }

    HashIndex index() {
        return index;
    }

    StoredColumn[] keyColumns() {
        return keyColumns;
    }

    /** The row has met one of the left side. */
    void match(int row) {
        matched.set(row);
    }

    /** The first row from {@code from} on that met none; the number of rows where there is none. */
    int nextAlone(int from) {
        return Math.min(size(), matched.nextClearBit(from));
    }

    long bytes() {
        return store.bytes() + index.bytes() + size() / 4;
    }
}
