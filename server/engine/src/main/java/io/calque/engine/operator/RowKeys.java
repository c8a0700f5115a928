package io.calque.engine.operator;

import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.batch.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows of one batch after the other, each with its hash: numbers as words, so that comparing them needs no objects. Values are
 * equal as {@code equals} says. Single-threaded.
 */
final class RowKeys {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int[] columns;
    private final long[][] words;
    private final @Nullable Object[][] objects;
    private final boolean[] isWord;
    private boolean[][] nulls;
    private boolean[] hasNulls;
    private int[] hashes = new int[0];
    private int rows;

    /**
     * @param columns which of the batch, of kinds that are words where {@code layout} says so
     */
    RowKeys(RowLayout layout, int[] columns) {
        this.columns = columns.clone();
        this.words = new long[columns.length][0];
        this.objects = new Object[columns.length][0];
        this.nulls = new boolean[columns.length][0];
        this.hasNulls = new boolean[columns.length];
        this.isWord = new boolean[columns.length];
        for (int key = 0; key < columns.length; key++) {
            isWord[key] = layout.columns().get(columns[key]).isWord();
        }
    }

    void load(ColumnBatch batch) {
        rows = batch.rows();
        if (hashes.length < rows) {
            hashes = new int[rows];
        }
        Arrays.fill(hashes, 0, rows, 0);
        for (int key = 0; key < columns.length; key++) {
            ColumnVector vector = batch.columns().get(columns[key]);
            if (isWord[key]) {
                loadWords(key, vector);
            } else {
                loadObjects(key, vector);
            }
        }
        for (int row = 0; row < rows; row++) {
            hashes[row] = mixed(hashes[row]);
        }
    }

    private void loadWords(int key, ColumnVector vector) {
        if (words[key].length < rows) {
            words[key] = new long[rows];
            nulls[key] = new boolean[rows];
        }
        long[] into = words[key];
        boolean[] none = nulls[key];
        boolean any = false;
        for (int row = 0; row < rows; row++) {
            none[row] = vector.isNull(row);
            any |= none[row];
        }
        hasNulls[key] = any;
        if (vector instanceof LongVector longs) {
            for (int row = 0; row < rows; row++) {
                into[row] = longs.value(row);
            }
        } else if (vector instanceof DoubleVector doubles) {
            for (int row = 0; row < rows; row++) {
                into[row] = StoredWords.bits(doubles.value(row));
            }
        } else {
            BooleanVector booleans = (BooleanVector) vector;
            for (int row = 0; row < rows; row++) {
                into[row] = booleans.value(row) ? 1 : 0;
            }
        }
        for (int row = 0; row < rows; row++) {
            if (any && none[row]) {
                into[row] = 0;
            }
            long mixed = into[row] * MULTIPLIER;
            hashes[row] = hashes[row] * 31 + (int) (mixed ^ mixed >>> 32);
        }
    }

    private void loadObjects(int key, ColumnVector vector) {
        if (objects[key].length < rows) {
            objects[key] = new Object[rows];
        }
        @Nullable Object[] into = objects[key];
        for (int row = 0; row < rows; row++) {
            Object value = vector.get(row);
            into[row] = value;
            hashes[row] = hashes[row] * 31 + (value == null ? 0 : value.hashCode());
        }
    }

    private static int mixed(int hash) {
        int h = hash ^ hash >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ h >>> 16;
    }

    int hash(int row) {
        return hashes[row];
    }

    boolean isNull(int key, int row) {
        return isWord[key] ? hasNulls[key] && nulls[key][row] : objects[key][row] == null;
    }

    /** The first key of a row, a word. */
    long word(int row) {
        return words[0][row];
    }

    /** Whether one of the keys that {@code asked} names is NULL. */
    boolean anyNull(int row, boolean[] asked) {
        for (int key = 0; key < columns.length; key++) {
            if (asked[key] && isNull(key, row)) {
                return true;
            }
        }
        return false;
    }

    /** The one key of the batch as words; null where there is more than one, or one that is no word or may be NULL. */
    long @Nullable [] singleWords() {
        return columns.length == 1 && isWord[0] && !hasNulls[0] ? words[0] : null;
    }

    /** Whether the row's keys equal those that stand in {@code stored}; NULL equals NULL. */
    boolean equal(int row, StoredColumn[] stored, int storedRow) {
        for (int key = 0; key < columns.length; key++) {
            if (isWord[key]) {
                StoredWords column = (StoredWords) stored[key];
                if (column.word(storedRow) != words[key][row] || column.isNull(storedRow) != isNull(key, row)) {
                    return false;
                }
            } else {
                Object value = objects[key][row];
                Object other = ((StoredObjects) stored[key]).get(storedRow);
                if (value == null ? other != null : !value.equals(other)) {
                    return false;
                }
            }
        }
        return true;
    }
}
