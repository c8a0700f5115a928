package io.calque.registry.relate;

/** How a column is known to hold no value twice. */
enum KeyKind {
    PRIMARY,
    UNIQUE,
    /** Measured, and the likeliest key of its table among columns of its sort. */
    BEST,
    /** Measured; the table has a better key. */
    OTHER,
    NONE
}
