package io.calque.registry.relate;

import io.calque.spi.catalog.Relationship.Evidence.Kind;
import java.util.Locale;
import java.util.function.Supplier;

/** What the values of a column and of a key say about each other. Stateless. */
final class ValueEvidence {
    /** A Kolmogorov-Smirnov statistic beyond this has a chance of about one in a hundred when one is a sample of the other. */
    private static final double KOLMOGOROV = 1.63;

    private static final double FULL = 0.98;
    private static final int FEW = 3;
    private static final double COARSE = 4;

    private ValueEvidence() {}

    static void weigh(Pair pair, Finding finding) {
        types(pair, finding);
        overlap(pair, finding);
        if (pair.from().sketch().isNumeric() && pair.to().sketch().isNumeric()) {
            range(pair, finding);
            spread(pair, finding);
        }
        reach(pair, finding);
    }

    private static void types(Pair pair, Finding finding) {
        String from = pair.from().descriptor().type().toString();
        String to = pair.to().descriptor().type().toString();
        if (from.equals(to)) {
            finding.add(Kind.TYPE, Weights.SAME_TYPE, "both are " + from);
            return;
        }
        boolean floating = from.equals("DOUBLE") || from.equals("REAL") || to.equals("DOUBLE") || to.equals("REAL");
        boolean decimal = from.startsWith("DECIMAL") || to.startsWith("DECIMAL");
        boolean integers = !floating && !decimal;
        finding.add(
                Kind.TYPE,
                floating ? Weights.FLOATING : integers ? Weights.SAME_TYPE : Weights.OTHER_NUMBER,
                from + " and " + to + " hold the same whole numbers");
    }

    /**
     * How surprising it would be to find so many values by chance: a key that fills its range holds whatever lies in the range, a
     * key of random identifiers holds nothing that does not refer to it.
     */
    private static void overlap(Pair pair, Finding finding) {
        double contained = pair.contained();
        int found = pair.overlap().found();
        double density = density(pair);
        double most = pair.to().isText() && pair.to().sketch().shape().isRandomIdentifier()
                ? Weights.OVERLAP_RANDOM
                : Weights.OVERLAP_MOST;
        double surprise = density >= FULL ? 0 : found * -Math.log(Math.max(density, 1e-9));
        if (pair.from().isText()) {
            surprise *= Weights.TEXT_SURPRISE;
        }
        double orphans = (1 - contained) * 100 * Weights.ORPHAN_PERCENT;
        Supplier<String> seen = () -> String.format(
                Locale.ROOT,
                "%d of %d different values compared are in the key%s%s",
                found,
                pair.overlap().compared(),
                pair.exact() ? "" : ", by sketches",
                density >= FULL ? ", which would hold any value in its range" : "");
        finding.add(Kind.OVERLAP, Math.min(most, surprise) + orphans, seen);
    }

    /** How much of what could stand where the referring values lie is in the key. */
    private static double density(Pair pair) {
        ColumnSketch from = pair.from().sketch();
        ColumnSketch to = pair.to().sketch();
        if (pair.from().isText()) {
            return Math.min(
                    1,
                    Math.exp(Math.log(Math.max(1, pair.to().distinct()))
                            - to.shape().logSpace()));
        }
        double everywhere = Math.min(1, pair.to().distinct() / (to.max() - to.min() + 1));
        int within = to.countIn(from.min(), from.max());
        if (everywhere >= FULL || within < COARSE && !to.exhaustive()) {
            return everywhere;
        }
        // A sample of the key may miss by chance what lies there: the upper bound of what it shows counts.
        double most = to.exhaustive() ? within : within + 2 * Math.sqrt(within);
        return Math.min(1, pair.to().distinct() * most / Math.max(1, to.sampled()) / (from.max() - from.min() + 1));
    }

    /**
     * Values that refer to a key reach nearly to its end: n different values drawn from it leave a gap of one n-th. A measure ends
     * anywhere. The ratio of the two densities is n exp(-n gap).
     */
    private static void range(Pair pair, Finding finding) {
        ColumnSketch from = pair.from().sketch();
        ColumnSketch to = pair.to().sketch();
        double n = Math.max(1, from.distinct());
        double above = tail(1 - to.shareUpTo(from.max()), to.max() - from.max(), to);
        double below = tail(to.shareUpTo(Math.nextDown(from.min())), from.min() - to.min(), to);
        double high = Math.log(n) - above * n;
        finding.add(
                Kind.RANGE,
                Weights.between(Weights.RANGE_LEAST, high, Weights.RANGE_MOST),
                () -> String.format(
                        Locale.ROOT,
                        "%s different values %s to %s reach %s the end of the key (%s to %s)",
                        whole(n),
                        whole(from.min()),
                        whole(from.max()),
                        above < 0.005 ? "to" : String.format(Locale.ROOT, "to %.0f %% before", above * 100),
                        whole(to.min()),
                        whole(to.max())));
        // Nearly everything begins at 0 or 1: that a reference begins there, too, says nothing.
        boolean plainStart = to.min() >= 0 && to.min() <= 1;
        double low = plainStart ? Math.min(0, 1 - below * n) : Math.log(n) - below * n;
        finding.add(
                Kind.RANGE,
                Weights.between(Weights.RANGE_LEAST, low, Weights.RANGE_MOST),
                () -> below * n < 1
                        ? "both begin at about " + whole(to.min())
                        : String.format(
                                Locale.ROOT, "the first %.0f %% of the key are never referred to", below * 100));
        // The whole column lies in the key's range: one coincidence, however many values it has.
        double span = to.max() - to.min() + 1;
        finding.add(
                Kind.RANGE,
                Weights.between(
                        0, Math.log(Math.max(Math.abs(to.max()), Math.abs(to.min())) / span), Weights.APART_MOST),
                "the key's numbers lie apart from those that most columns hold");
    }

    /** Share of a key beyond a bound: by its sample, or by distance where the sample is too coarse. */
    private static double tail(double sampled, double distance, ColumnSketch key) {
        if (sampled * key.sampled() >= COARSE || key.exhaustive()) {
            return Math.max(0, sampled);
        }
        return Weights.between(0, distance / Math.max(1, key.max() - key.min()), COARSE / key.sampled());
    }

    /** Values that refer to a key lie all over it: Zhang and others, "On multi-column foreign key discovery", VLDB 2010. */
    private static void spread(Pair pair, Finding finding) {
        ColumnSketch from = pair.from().sketch();
        ColumnSketch to = pair.to().sketch();
        int inRange = to.countIn(from.min(), from.max());
        int n = from.sampled();
        if (inRange == 0 || n < 5) {
            return;
        }
        double start = to.shareUpTo(Math.nextDown(from.min())) * to.sampled();
        double widest = 0;
        for (int i = 0; i < n; i++) {
            double expected = (to.shareUpTo(from.number(i)) * to.sampled() - start) / inRange;
            double after = (double) (i + 1) / n;
            double before = (double) i / n;
            double step = 1.0 / inRange;
            double off = Math.max(expected - step - before - 1.0 / n, after - expected - step);
            widest = Math.max(widest, off);
        }
        double statistic = widest * Math.sqrt((double) n * inRange / (n + inRange));
        finding.add(
                Kind.RANGE,
                Weights.between(Weights.SPREAD_LEAST, KOLMOGOROV - statistic, 0),
                () -> String.format(
                        Locale.ROOT, "the values crowd in parts of the key (Kolmogorov-Smirnov %.1f)", statistic));
    }

    /** So many references would reach nearly every key; a measure has its own few values. */
    private static void reach(Pair pair, Finding finding) {
        double keys = Math.max(1, pair.to().distinct());
        double rows = Math.max(1, pair.from().sketch().filled());
        double expected = keys * (1 - Math.exp(-rows / keys));
        double distinct = Math.max(1, pair.from().sketch().distinct());
        double fewer = Math.max(0, Math.log(expected / distinct) - Math.log(1.5));
        finding.add(
                Kind.CARDINALITY,
                Weights.between(Weights.FEW_REACHED_LEAST, fewer * Weights.FEW_REACHED, 0),
                () -> String.format(
                        Locale.ROOT,
                        "%s rows reach %s of %s keys; drawn evenly they would reach %s",
                        whole(rows),
                        whole(distinct),
                        whole(keys),
                        whole(expected)));
        if (distinct < FEW) {
            finding.add(Kind.CARDINALITY, Weights.FEW_VALUES, "only " + whole(distinct) + " different values");
        }
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }
}
