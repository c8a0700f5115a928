package io.calque.benchmarks.measure;

import java.util.Arrays;
import java.util.Locale;

/**
 * Several measurements of one thing, in milliseconds. The middle one is told, because a burst of other work on the machine moves it less
 * than it does an average.
 *
 * @param median the middle one
 * @param low the value below which a tenth lies
 * @param high the value above which a tenth lies
 */
public record Timing(double median, double low, double high) {
    private static final double TENTH = 0.1;

    /** @param millis at least one, in any order */
    public static Timing of(double[] millis) {
        return new Timing(quantile(millis, 0.5), quantile(millis, TENTH), quantile(millis, 1 - TENTH));
    }

    /** The value below which this share of the others lies, from 0 to 1. */
    public static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** Low and high, for a table. */
    public String spread() {
        return text(low) + " to " + text(high);
    }

    /** Milliseconds as a table shows them. */
    public static String text(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }
}
