package io.calque.engine.operator;

/** Sorts rows, named by numbers, by comparing them; equal ones keep their places. Single use. */
final class RowMergeSort {
    /** The order of two rows. */
    interface Order {
        int compare(int row, int other);
    }

    private static final int SMALL = 8;

    private final Order order;
    private final Runnable check;
    private final int[] rows;
    private int[] merged = new int[0];

    /**
     * @param check asked from time to time whether to go on
     */
    RowMergeSort(int[] rows, Order order, Runnable check) {
        this.rows = rows;
        this.order = order;
        this.check = check;
    }

    /** Those from {@code from} to before {@code to}. */
    void sort(int from, int to) {
        if (to - from <= SMALL) {
            insert(from, to);
            return;
        }
        check.run();
        int middle = from + to >>> 1;
        sort(from, middle);
        sort(middle, to);
        if (order.compare(rows[middle - 1], rows[middle]) > 0) {
            merge(from, middle, to);
        }
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && order.compare(rows[at - 1], row) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private void merge(int from, int middle, int to) {
        int lefts = middle - from;
        if (merged.length < lefts) {
            merged = new int[Math.max(lefts, rows.length / 2 + 1)];
        }
        System.arraycopy(rows, from, merged, 0, lefts);
        int left = 0;
        int right = middle;
        int at = from;
        while (left < lefts && right < to) {
            rows[at++] = order.compare(merged[left], rows[right]) <= 0 ? merged[left++] : rows[right++];
        }
        System.arraycopy(merged, left, rows, at, lefts - left);
    }
}
