package io.calque.engine.operator;

/**
 * Sorts numbers, and rows by them, without comparing: by their bytes, the lowest first, each pass keeping the order of the one before
 * (Knuth, The Art of Computer Programming, 5.2.5). Bytes that all numbers share take no pass. Stateless.
 */
final class PrefixSort {
    private static final int BYTES = 8;
    private static final int VALUES = 256;

    private PrefixSort() {}

    /** Two arrays in one order: the numbers, and the rows that they belong to. */
    record Sorted(long[] prefixes, int[] rows) {}

    /** Both arrays may be overwritten. */
    static Sorted sort(long[] prefixes, int[] rows, int count) {
        int[][] places = new int[BYTES][VALUES];
        for (int i = 0; i < count; i++) {
            long bits = prefixes[i] ^ Long.MIN_VALUE;
            for (int b = 0; b < BYTES; b++) {
                places[b][(int) (bits >>> 8 * b) & 0xff]++;
            }
        }
        long[] from = prefixes;
        int[] fromRows = rows;
        long[] to = null;
        int[] toRows = null;
        for (int b = 0; b < BYTES; b++) {
            int[] starts = places[b];
            if (count == 0 || starts[(int) ((from[0] ^ Long.MIN_VALUE) >>> 8 * b) & 0xff] == count) {
                continue;
            }
            if (to == null || toRows == null) {
                to = new long[count];
                toRows = new int[count];
            }
            pass(from, fromRows, to, toRows, count, 8 * b, starts);
            long[] swap = from;
            from = to;
            to = swap;
            int[] swapRows = fromRows;
            fromRows = toRows;
            toRows = swapRows;
        }
        return new Sorted(from, fromRows);
    }

    private static void pass(long[] from, int[] fromRows, long[] to, int[] toRows, int count, int shift, int[] counts) {
        int start = 0;
        for (int value = 0; value < VALUES; value++) {
            int many = counts[value];
            counts[value] = start;
            start += many;
        }
        for (int i = 0; i < count; i++) {
            int place = counts[(int) ((from[i] ^ Long.MIN_VALUE) >>> shift) & 0xff]++;
            to[place] = from[i];
            toRows[place] = fromRows[i];
        }
    }
}
