package io.calque.registry.relate;

import io.calque.registry.relate.ColumnSketch.Overlap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pairs worth weighing: a column and a key of the same sort of values that may hold them. Every column meets every key, but
 * nearly all pairs end at a comparison of ranges or after a few values of a sketch, and a column keeps only its likeliest keys.
 * Stateless.
 */
final class CandidatePairs {
    static final double LEAST_CONTAINED = 0.95;
    private static final int KEPT = 24;
    private static final int GLANCE = 24;
    /** Too few to turn a pair away. */
    private static final int FEWEST = 8;

    private static final double GLANCE_SHARE = 0.8;
    private static final double ROOM = 1.06;

    private CandidatePairs() {}

    static List<Column> keys(List<Profile> profiles) {
        return profiles.stream()
                .flatMap(p -> p.columns().stream())
                .filter(c ->
                        c.key() != KeyKind.NONE && !c.inherited() && c.sketch().distinct() >= 2)
                .filter(c -> c.isText() || c.isWholeNumber())
                .toList();
    }

    /** Pairs for one column, likeliest first as far as values tell. */
    static List<Pair> of(Column from, List<Column> keys) {
        if (from.inherited() || !from.isText() && !from.isWholeNumber()) {
            return List.of();
        }
        List<Pair> pairs = new ArrayList<>();
        for (Column to : keys) {
            if (!from.is(to) && mayRefer(from, to)) {
                if (!glance(from.sketch().overlapWith(to.sketch(), GLANCE), to)) {
                    continue;
                }
                Overlap overlap = from.sketch().overlapWith(to.sketch());
                if (glance(overlap, to)) {
                    pairs.add(new Pair(
                            from,
                            to,
                            overlap,
                            to.sketch().exhaustive() && to.sketch().complete()));
                }
            }
        }
        if (pairs.size() <= KEPT) {
            return pairs;
        }
        // Of keys that hold the values, those that are named and the tighter ones are likelier.
        List<Pair> kept = new ArrayList<>(
                pairs.stream().filter(CandidatePairs::isNamed).limit(KEPT).toList());
        pairs.stream()
                .filter(p -> !kept.contains(p))
                .sorted(Comparator.comparingDouble((Pair p) -> p.to().distinct()))
                .limit(KEPT - kept.size())
                .forEach(kept::add);
        return kept;
    }

    private static boolean isNamed(Pair pair) {
        List<String> stem = pair.from().name().stem();
        return !stem.isEmpty()
                && (TableNaming.match(stem, pair.to().table().words()).names()
                        || stem.equals(pair.to().name().stem()));
    }

    private static boolean mayRefer(Column from, Column to) {
        if (from.isText() != to.isText()) {
            return false;
        }
        ColumnSketch a = from.sketch();
        ColumnSketch b = to.sketch();
        if (a.distinct() > to.distinct() * ROOM + 1) {
            return false;
        }
        if (!to.table().complete()) {
            return true;
        }
        if (from.isText()) {
            return a.shape().shortest() <= b.shape().longest()
                    && b.shape().shortest() <= a.shape().longest();
        }
        return a.countIn(b.min(), b.max()) >= LEAST_CONTAINED * a.sampled();
    }

    private static boolean glance(Overlap overlap, Column to) {
        double share = overlap.share() / Math.max(1e-9, to.table().seen());
        return overlap.compared() < FEWEST || share >= GLANCE_SHARE;
    }
}
