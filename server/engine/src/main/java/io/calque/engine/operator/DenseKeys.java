package io.calque.engine.operator;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by a whole number that no two of them share and that leaves few gaps, as keys of tables mostly do: a row stands at its number's
 * place. Immutable.
 */
final class DenseKeys {
    /** Places for each row that there may be. */
    private static final long GAPS = 2;

    private static final long SMALL = 1024;

    private final long least;
    private final int[] places;

    private DenseKeys(long least, int[] places) {
        this.least = least;
        this.places = places;
    }

    /**
     * The rows of a column by their values; null where two are equal, one is NULL, or they lie too far apart.
     *
     * @param hidden rows that are not to be found
     */
    static @Nullable DenseKeys of(StoredWords column, int size, BitSet hidden) {
        if (size == 0 || column.hasNulls() || !hidden.isEmpty()) {
            return null;
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int row = 0; row < size; row++) {
            long word = column.word(row);
            least = Math.min(least, word);
            most = Math.max(most, word);
        }
        long range = most - least;
        if (range < 0 || range >= GAPS * size + SMALL || range >= Integer.MAX_VALUE - 8) {
            return null;
        }
        int[] places = new int[(int) range + 1];
        Arrays.fill(places, HashIndex.NONE);
        for (int row = 0; row < size; row++) {
            int place = (int) (column.word(row) - least);
            if (places[place] != HashIndex.NONE) {
                return null;
            }
            places[place] = row;
        }
        return new DenseKeys(least, places);
    }

    /** The row; {@link HashIndex#NONE} where there is none. */
    int find(long word) {
        long place = word - least;
        return place >= 0 && place < places.length ? places[(int) place] : HashIndex.NONE;
    }
}
