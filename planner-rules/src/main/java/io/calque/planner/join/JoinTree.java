package io.calque.planner.join;

/** In which order factors of a run are joined. Immutable. */
sealed interface JoinTree {
    /** The factors below, as bits. */
    long factors();

    /** One factor, by its position in the run. */
    record Leaf(int factor) implements JoinTree {
        @Override
        public long factors() {
            return 1L << factor;
        }
    }

    /** Two parts joined. */
    record Pair(JoinTree one, JoinTree other) implements JoinTree {
        @Override
        public long factors() {
            return one.factors() | other.factors();
        }
    }
}
