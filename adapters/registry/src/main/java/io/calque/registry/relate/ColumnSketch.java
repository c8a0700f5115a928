package io.calque.registry.relate;

import java.util.Arrays;

/**
 * What is kept of the values of a column: the {@value #SIZE} different values with the smallest hashes, and figures over all rows
 * seen. A sample by hash is a uniform sample of the different values, and two such samples are comparable below the smaller of their
 * bounds (bottom-k sketch: Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007). Immutable.
 */
final class ColumnSketch {
    static final int SIZE = 512;

    private final long rows;
    private final long filled;
    private final double distinct;
    private final boolean unique;
    private final boolean complete;
    private final long[] hashes;
    private final double[] numbers;
    private final boolean whole;
    private final double min;
    private final double max;
    private final TextShape shape;

    /**
     * @param rows rows seen
     * @param filled of them without NULL
     * @param distinct different values among those, counted or estimated
     * @param unique whether no value was seen twice
     * @param complete whether all rows of the table were seen
     * @param hashes ascending
     * @param numbers the values behind {@code hashes} where all are numbers, ascending; else empty
     * @param whole whether every value is a whole number
     */
    ColumnSketch(
            long rows,
            long filled,
            double distinct,
            boolean unique,
            boolean complete,
            long[] hashes,
            double[] numbers,
            boolean whole,
            double min,
            double max,
            TextShape shape) {
        this.rows = rows;
        this.filled = filled;
        this.distinct = distinct;
        this.unique = unique;
        this.complete = complete;
        this.hashes = hashes.clone();
        this.numbers = numbers.clone();
        this.whole = whole;
        this.min = min;
        this.max = max;
        this.shape = shape;
    }

    long rows() {
        return rows;
    }

    long filled() {
        return filled;
    }

    double distinct() {
        return distinct;
    }

    /** No value twice and no NULL among the rows seen. */
    boolean unique() {
        return unique && filled == rows && rows > 0;
    }

    boolean complete() {
        return complete;
    }

    /** Whether the sample holds every different value of the rows seen. */
    boolean exhaustive() {
        return hashes.length < SIZE;
    }

    boolean whole() {
        return whole;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    TextShape shape() {
        return shape;
    }

    int sampled() {
        return hashes.length;
    }

    long[] hashes() {
        return hashes.clone();
    }

    boolean isNumeric() {
        return numbers.length > 0;
    }

    /** Share of the sampled values that are at most {@code bound}. */
    double shareUpTo(double bound) {
        return (double) countUpTo(bound) / numbers.length;
    }

    private int countUpTo(double bound) {
        int at = Arrays.binarySearch(numbers, bound);
        return at >= 0 ? at + 1 : -at - 1;
    }

    int countIn(double from, double to) {
        int at = Arrays.binarySearch(numbers, from);
        return countUpTo(to) - (at >= 0 ? at : -at - 1);
    }

    /** The i-th of the sampled numbers, ascending. */
    double number(int i) {
        return numbers[i];
    }

    /**
     * How many of this column's sampled values another one's sample would hold if it had them, and how many it holds.
     */
    Overlap overlapWith(ColumnSketch other) {
        return overlapWith(other, Integer.MAX_VALUE);
    }

    /**
     * @param most values to compare: the first ones tell most pairs apart
     */
    Overlap overlapWith(ColumnSketch other, int most) {
        long bound = other.exhaustive() ? Long.MAX_VALUE : other.hashes[other.hashes.length - 1];
        int compared = 0;
        int found = 0;
        int j = 0;
        for (long hash : hashes) {
            if (hash > bound || compared == most) {
                break;
            }
            compared++;
            while (j < other.hashes.length && other.hashes[j] < hash) {
                j++;
            }
            if (j < other.hashes.length && other.hashes[j] == hash) {
                found++;
            }
        }
        return new Overlap(compared, found);
    }

    /**
     * @param compared values of the referring column that were looked for
     * @param found of them in the key
     */
    record Overlap(int compared, int found) {
        double share() {
            return compared == 0 ? 0 : (double) found / compared;
        }
    }
}
