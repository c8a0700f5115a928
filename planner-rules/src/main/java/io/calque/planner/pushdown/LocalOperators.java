package io.calque.planner.pushdown;

/** Which operators do the sorting, grouping and joining that stays here. */
public enum LocalOperators {
    /** Our own, which go on on disk. */
    SPILLING,
    /** Calcite's, which hold everything in memory: to compare with. */
    STOCK
}
