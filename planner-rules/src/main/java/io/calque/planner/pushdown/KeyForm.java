package io.calque.planner.pushdown;

/** In which form a source is told of a set of keys. */
public enum KeyForm {
    /** Not at all. */
    UNSENT,
    /** Every key. */
    KEYS,
    /** The least and the greatest of them. */
    RANGE
}
