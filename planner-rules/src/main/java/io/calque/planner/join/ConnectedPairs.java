package io.calque.planner.join;

/**
 * All pairs of connected, disjoint sets of vertices that an edge joins, each once, and each set after all the pairs that make it (DPccp:
 * Moerkotte and Neumann, 2006). Sets are bits. Single use.
 */
final class ConnectedPairs {
    /** What is told of each pair. */
    interface Visitor {
        void pair(int one, int other);
    }

    private final int[] neighbours;
    private final int most;
    private final Visitor visitor;
    private int found;

    /**
     * @param neighbours of each vertex
     * @param most the number of pairs after which it ends
     */
    private ConnectedPairs(int[] neighbours, int most, Visitor visitor) {
        this.neighbours = neighbours.clone();
        this.most = most;
        this.visitor = visitor;
    }

    /** How many pairs there are, or one more than {@code most}. */
    static int visit(int[] neighbours, int most, Visitor visitor) {
        ConnectedPairs pairs = new ConnectedPairs(neighbours, most, visitor);
        for (int v = neighbours.length - 1; v >= 0 && pairs.found <= most; v--) {
            int single = 1 << v;
            pairs.partners(single);
            pairs.grow(single, upTo(v), 0);
        }
        return pairs.found;
    }

    /** The vertices up to this one. */
    private static int upTo(int vertex) {
        return (2 << vertex) - 1;
    }

    private int neighboursOf(int set) {
        int all = 0;
        for (int rest = set; rest != 0; rest &= rest - 1) {
            all |= neighbours[Integer.numberOfTrailingZeros(rest)];
        }
        return all & ~set;
    }

    /**
     * Grows a set by its neighbours.
     *
     * @param excluded vertices that it must not be given
     * @param partner whose pairs with the sets are told; 0 where the sets are looked for partners themselves
     */
    private void grow(int set, int excluded, int partner) {
        int free = neighboursOf(set) & ~excluded;
        for (int more = -free & free; more != 0; more = more - free & free) {
            if (found > most) {
                return;
            }
            if (partner == 0) {
                partners(set | more);
            } else {
                tell(partner, set | more);
            }
        }
        for (int more = -free & free; more != 0 && found <= most; more = more - free & free) {
            grow(set | more, excluded | free, partner);
        }
    }

    private void partners(int set) {
        int excluded = upTo(Integer.numberOfTrailingZeros(set)) | set;
        int free = neighboursOf(set) & ~excluded;
        for (int rest = free; rest != 0 && found <= most; ) {
            int v = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rest);
            rest ^= 1 << v;
            tell(set, 1 << v);
            grow(1 << v, excluded | upTo(v) & free, set);
        }
    }

    private void tell(int one, int other) {
        if (++found <= most) {
            visitor.pair(one, other);
        }
    }
}
