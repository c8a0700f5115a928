package io.calque.planner.bind;

import io.calque.spi.pushdown.ReadCosts;

/** Microseconds that sending keys costs and saves. Stateless. */
public final class BindCost {
    /** The fetch waits until the keys are there, where it would have run at the same time on another core. */
    private static final double WAITING = 0.3;

    /** Fewer rows arrive while another fetch is still on its way. */
    private static final double LEAST_SAVED = 10_000;

    /** Keys that would leave more than this share of the rows are not worth their trouble. */
    private static final double MOST_KEPT = 0.8;

    /** A join is bound for the range of its keys alone only where that is expected to leave no more of the rows: the bounds are often sampled. */
    static final double MOST_BETWEEN = 0.25;

    /** What is asked with keys is planned and looked up otherwise: for less nobody should wait for them. */
    private static final double LEAST_WORK_SAVED = 10_000;

    private BindCost() {}

    /**
     * What is won; not more than zero means that the fetch is better left alone.
     *
     * @param costs of the source that is sent the keys
     * @param rows that the fetch brings without keys
     * @param keptShare of them, with the keys
     * @param keys sent
     * @param before what it takes until all rows have arrived that the keys come from
     */
    public static double gain(ReadCosts costs, double rows, int fields, double keptShare, double keys, double before) {
        return gain(costs, rows, fields, 0, keptShare, keys, before);
    }

    /**
     * The same of a source that joins or groups rows before it sends what comes of them.
     *
     * @param work what that takes it without keys
     */
    static double gain(
            ReadCosts costs, double rows, int fields, double work, double keptShare, double keys, double before) {
        boolean little = rows * (1 - keptShare) < LEAST_SAVED && work * (1 - keptShare) < LEAST_WORK_SAVED;
        if (keptShare > MOST_KEPT || little) {
            return 0;
        }
        double all = costs.transfer(rows, fields) + work;
        double waited = WAITING * Math.min(all, before);
        return all * (1 - keptShare) - keys * costs.key() - waited - costs.roundTrip();
    }

    /** With how many keys the fetch costs as much as without any. */
    static long mostKeys(ReadCosts costs, double rows, int fields, double work, double domain) {
        double all = costs.transfer(rows, fields) + work;
        double perKey = all / Math.max(1, domain) + costs.key();
        return Math.max(1, (long) Math.min(domain * MOST_KEPT, all / perKey));
    }
}
