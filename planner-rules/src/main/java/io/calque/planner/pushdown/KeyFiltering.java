package io.calque.planner.pushdown;

/** Whether rows that meet no key of a set are left out here, as soon as they arrive, where the source was not sent the keys. */
public enum KeyFiltering {
    /** Where there were too many keys to send. */
    UNSENT,
    /** Nowhere: such rows reach the join. */
    OFF,
    /** No keys are sent at all, and all rows are looked at here: so that small tables show what large ones do. */
    ALWAYS
}
