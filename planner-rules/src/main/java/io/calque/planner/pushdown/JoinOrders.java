package io.calque.planner.pushdown;

/** How the order of inner joins is found. */
public enum JoinOrders {
    /** Greedily, or the cheapest of all where that is clearly cheaper. */
    BY_COST,
    /** The cheapest of all wherever it is another, so that small tables show what large ones do. */
    ALWAYS,
    /** Greedily. */
    GREEDY
}
