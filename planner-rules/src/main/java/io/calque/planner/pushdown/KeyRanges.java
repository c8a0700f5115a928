package io.calque.planner.pushdown;

/** Whether a source is asked for the rows between the least and the greatest key of a set. */
public enum KeyRanges {
    /** In place of keys that are too many to send, where statistics say that it leaves out enough. */
    BY_COST,
    OFF,
    /** In place of all keys, wherever the source compares as the engine does: so that small tables show what large ones do. */
    ALWAYS
}
