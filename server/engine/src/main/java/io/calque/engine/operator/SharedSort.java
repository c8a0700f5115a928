package io.calque.engine.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts many rows with several threads: they are divided by their prefixes into stretches of the final order, about equal in size, which are
 * sorted at the same time. Rows of one prefix share a stretch and keep their order, so that the result is that of one thread.
 */
final class SharedSort {
    /** What a row takes while it is sorted, beside what it takes anyway. */
    static final int ROW_BYTES = 16;

    private static final int WORTH_ROWS = 100_000;
    private static final int SAMPLED = 1024;

    private final Crew crew;
    private final Ties ties;

    /** Brings rows of one prefix into order. */
    @FunctionalInterface
    interface Ties {
        /**
         * @param prefixes in order
         */
        void sort(long[] prefixes, int[] rows, int count);
    }

    SharedSort(Crew crew, Ties ties) {
        this.crew = crew;
        this.ties = ties;
    }

    boolean isWorth(int count) {
        return count >= WORTH_ROWS && crew.size() > 1;
    }

    /**
     * Sorts {@code prefixes} in their place.
     *
     * @return the rows in their order
     */
    int[] sort(long[] prefixes, int[] rows, int count) {
        long[] bounds = bounds(prefixes, count);
        int[] ends = new int[bounds.length + 1];
        for (int i = 0; i < count; i++) {
            ends[stretch(bounds, prefixes[i])]++;
        }
        List<Errand<PrefixSort.Sorted>> stretches = new ArrayList<>();
        long[][] dividedPrefixes = new long[ends.length][];
        int[][] dividedRows = new int[ends.length][];
        for (int s = 0; s < ends.length; s++) {
            dividedPrefixes[s] = new long[ends[s]];
            dividedRows[s] = new int[ends[s]];
        }
        int[] at = new int[ends.length];
        for (int i = 0; i < count; i++) {
            int s = stretch(bounds, prefixes[i]);
            dividedPrefixes[s][at[s]] = prefixes[i];
            dividedRows[s][at[s]++] = rows[i];
        }
        for (int s = 0; s < ends.length; s++) {
            long[] some = dividedPrefixes[s];
            int[] itsRows = dividedRows[s];
            stretches.add(crew.send(() -> {
                PrefixSort.Sorted sorted = PrefixSort.sort(some, itsRows, itsRows.length);
                ties.sort(sorted.prefixes(), sorted.rows(), itsRows.length);
                return sorted;
            }));
        }
        int place = 0;
        for (int s = 0; s < ends.length; s++) {
            PrefixSort.Sorted sorted = stretches.get(s).result();
            System.arraycopy(sorted.prefixes(), 0, prefixes, place, ends[s]);
            System.arraycopy(sorted.rows(), 0, rows, place, ends[s]);
            place += ends[s];
        }
        return rows;
    }

    /** The least prefix of every stretch but the first. */
    private long[] bounds(long[] prefixes, int count) {
        long[] sample = new long[SAMPLED];
        for (int i = 0; i < SAMPLED; i++) {
            sample[i] = prefixes[(int) ((long) count * i / SAMPLED)];
        }
        Arrays.sort(sample);
        int stretches = crew.size();
        long[] bounds = new long[stretches - 1];
        for (int s = 1; s < stretches; s++) {
            bounds[s - 1] = sample[SAMPLED * s / stretches];
        }
        return bounds;
    }

    private static int stretch(long[] bounds, long prefix) {
        int s = 0;
        while (s < bounds.length && prefix >= bounds[s]) {
            s++;
        }
        return s;
    }
}
