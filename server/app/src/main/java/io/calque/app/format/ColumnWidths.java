package io.calque.app.format;

import java.util.Arrays;

/** Fits the widths that columns would like into a terminal. */
final class ColumnWidths {
    /** Below this a column says nothing any more; lines then wrap. */
    private static final int NARROWEST = 6;

    private ColumnWidths() {}

    /**
     * Takes from the widest columns first, so that narrow ones stay whole.
     *
     * @param wanted widths of the values alone
     * @param available columns of the terminal; 0 for no bound
     * @param between columns of the terminal that separators take in all
     */
    static int[] fit(int[] wanted, int available, int between) {
        if (available == 0) {
            return wanted;
        }
        int room = available - between;
        int[] widths = wanted.clone();
        int limit = Arrays.stream(widths).max().orElse(0);
        while (Arrays.stream(widths).sum() > room && limit > NARROWEST) {
            limit--;
            for (int i = 0; i < widths.length && Arrays.stream(widths).sum() > room; i++) {
                widths[i] = Math.min(widths[i], limit);
            }
        }
        return widths;
    }
}
