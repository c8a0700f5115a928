package io.calque.planner.join;

import io.calque.planner.PlanningBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a cheaper order of a run of inner joins than the greedy one: the cheapest of all bushy trees without products (Moerkotte and
 * Neumann, 2006) where these are few enough; else the greedy joins that come first are kept, and what they leave is put in order. So its time is
 * bounded, whatever the run. Single-threaded, used once.
 */
final class JoinSearch {
    /** Of parts that are put in order: a set of them is kept in an int, and a chain of so many is searched in a millisecond. */
    private static final int MOST_PARTS = 16;

    /** Each takes a few microseconds. Nine factors around a tenth have 2,304 pairs, eight that all equal each other 3,025. */
    private static final int MOST_PAIRS = 3_100;

    /** Estimates are not that good: an order that costs nearly as much is not looked for. */
    private static final double CLEARLY_LESS = 0.8;

    /** Microseconds; what a second order takes to be planned. */
    private static final double WORTH_PLANNING = 10_000;

    private final JoinGraph graph;
    private final JoinCost cost;

    JoinSearch(JoinGraph graph, JoinCost cost) {
        this.graph = graph;
        this.cost = cost;
    }

    /**
     * A tree that is clearly cheaper.
     *
     * @param greedy joins in the order in which they were found, the last one of all factors
     * @param always whether any other tree that is not dearer is wanted
     */
    Optional<JoinTree> better(List<JoinTree.Pair> greedy, boolean always) {
        if (!graph.isConnected()) {
            return Optional.empty();
        }
        JoinTree whole = greedy.get(greedy.size() - 1);
        double known = cost.total(cost.of(whole));
        if (known < WORTH_PLANNING && !always) {
            return Optional.empty();
        }
        for (int parts = Math.min(MOST_PARTS, graph.size()); parts > 2; parts--) {
            List<JoinTree> left = left(greedy, parts);
            int[] neighbours = neighbours(left);
            if (ConnectedPairs.visit(neighbours, MOST_PAIRS, (one, other) -> {}) <= MOST_PAIRS) {
                JoinCost.Made best = search(left, neighbours);
                double found = cost.total(best);
                boolean better =
                        always ? found <= known : found < known * CLEARLY_LESS && found < known - WORTH_PLANNING;
                return better && !same(best.tree(), whole) ? Optional.of(best.tree()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What the first greedy joins leave to be put in order. */
    private List<JoinTree> left(List<JoinTree.Pair> greedy, int parts) {
        List<JoinTree> left = new ArrayList<>();
        for (int factor = 0; factor < graph.size(); factor++) {
            left.add(new JoinTree.Leaf(factor));
        }
        for (JoinTree.Pair pair : greedy.subList(0, graph.size() - parts)) {
            left.removeIf(part -> (part.factors() & pair.factors()) != 0);
            left.add(pair);
        }
        return left;
    }

    private int[] neighbours(List<JoinTree> parts) {
        int[] neighbours = new int[parts.size()];
        for (int i = 0; i < neighbours.length; i++) {
            long around = graph.neighbours(parts.get(i).factors());
            for (int j = 0; j < neighbours.length; j++) {
                if (i != j && (parts.get(j).factors() & around) != 0) {
                    neighbours[i] |= 1 << j;
                }
            }
        }
        return neighbours;
    }

    private JoinCost.Made search(List<JoinTree> parts, int[] neighbours) {
        Map<Integer, JoinCost.Made> best = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            best.put(1 << i, cost.of(parts.get(i)));
        }
        ConnectedPairs.visit(neighbours, MOST_PAIRS, (one, other) -> {
            PlanningBudget.check(graph.factor(0).getCluster());
            JoinCost.Made made = cost.joined(known(best, one), known(best, other));
            best.merge(one | other, made, (old, now) -> cost.total(now) < cost.total(old) ? now : old);
        });
        return known(best, (1 << parts.size()) - 1);
    }

    private static JoinCost.Made known(Map<Integer, JoinCost.Made> best, int set) {
        JoinCost.Made made = best.get(set);
        if (made == null) {
            throw new IllegalStateException("a set is joined before it is made");
        }
        return made;
    }

    /** Whether two trees join the same sets, whichever side is which. */
    private static boolean same(JoinTree one, JoinTree other) {
        if (one.factors() != other.factors()) {
            return false;
        }
        if (!(one instanceof JoinTree.Pair a) || !(other instanceof JoinTree.Pair b)) {
            return true;
        }
        return same(a.one(), b.one()) && same(a.other(), b.other())
                || same(a.one(), b.other()) && same(a.other(), b.one());
    }
}
