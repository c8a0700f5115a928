package io.calque.planner.pushdown;

/** Whether what several places of a plan read is fetched and computed once for all of them. */
public enum SharedFetches {
    /** Where that is expected to cost less. */
    BY_COST,
    /** Wherever it can be, so that small tables show what large ones do. */
    ALWAYS,
    /** Nowhere. */
    OFF
}
