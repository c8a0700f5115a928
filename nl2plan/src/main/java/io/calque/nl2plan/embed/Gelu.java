package io.calque.nl2plan.embed;

/** {@code x} times the normal distribution's share below it (Hendrycks and Gimpel, 2016), from a table. Stateless. */
final class Gelu {
    private static final int BOUND = 8;
    private static final int STEPS = 512;
    private static final float[] SHARE = new float[2 * BOUND * STEPS + 2];

    static {
        // the distribution by its density, Simpson's rule on each step
        double sum = 0;
        for (int i = 0; i < SHARE.length; i++) {
            SHARE[i] = (float) sum;
            double from = -BOUND + (double) i / STEPS;
            double half = 0.5 / STEPS;
            sum += (density(from) + 4 * density(from + half) + density(from + 2 * half)) * half / 3;
        }
    }

    private Gelu() {}

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** In place. */
    static void apply(float[] x) {
        for (int i = 0; i < x.length; i++) {
            float place = (x[i] + BOUND) * STEPS;
            if (place <= 0) {
                x[i] = 0;
            } else if (place < 2 * BOUND * STEPS) {
                int at = (int) place;
                float part = place - at;
                x[i] *= SHARE[at] + (SHARE[at + 1] - SHARE[at]) * part;
            }
        }
    }
}
