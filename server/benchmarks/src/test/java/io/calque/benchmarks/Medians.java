package io.calque.benchmarks;

import java.util.Arrays;

/** The middle of several measurements, which a burst of other work on the machine moves less than it does an average. */
final class Medians {
    private Medians() {}

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** The value below which this share of the others lies, from 0 to 1. */
    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
