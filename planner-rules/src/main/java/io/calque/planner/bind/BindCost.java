package io.calque.planner.bind;

/**
 * Microseconds that sending keys costs and saves; the constants were measured over embedded sources and are within a small factor of
 * what other machines show. Stateless.
 */
final class BindCost {
    /** What a row costs from the source's cursor to the join: reading, decoding, queueing, probing. */
    private static final double ROW = 0.6;

    private static final double FIELD = 0.3;

    /** What a key costs: collecting it, sending it, looking it up. */
    private static final double KEY = 3;

    private static final double ROUND_TRIP = 1_000;

    /** The fetch waits until the keys are there, where it would have run at the same time on another core. */
    private static final double WAITING = 0.3;

    /** Fewer rows arrive while another fetch is still on its way. */
    private static final double LEAST_SAVED = 10_000;

    /** Keys that would leave more than this share of the rows are not worth their trouble. */
    private static final double MOST_KEPT = 0.8;

    private BindCost() {}

    private static double transfer(double rows, int fields) {
        return rows * (ROW + FIELD * fields);
    }

    /**
     * What is won; not more than zero means that the fetch is better left alone.
     *
     * @param rows that the fetch brings without keys
     * @param keptShare of them, with the keys
     * @param keys sent
     * @param before rows that have to arrive first, where the keys come from
     */
    static double gain(double rows, int fields, double keptShare, double keys, double before, int fieldsBefore) {
        if (keptShare > MOST_KEPT || rows * (1 - keptShare) < LEAST_SAVED) {
            return 0;
        }
        double all = transfer(rows, fields);
        double waited = WAITING * Math.min(all, transfer(before, fieldsBefore));
        return all * (1 - keptShare) - keys * KEY - waited - ROUND_TRIP;
    }

    /** With how many keys the fetch costs as much as without any. */
    static long mostKeys(double rows, int fields, double domain) {
        double perShare = transfer(rows, fields) / Math.max(1, domain) + KEY;
        return Math.max(1, (long) Math.min(domain * MOST_KEPT, transfer(rows, fields) / perShare));
    }
}
