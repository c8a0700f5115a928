package io.calque.testkit.fuzz;

/** Types that take each other's place in a generated expression. */
public enum Family {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    DOUBLE,
    TEXT,
    BINARY,
    DATE,
    TIME,
    TIMESTAMP,
    INSTANT;

    /** Whether PostgreSQL and Calque both order it and take MIN and MAX of it. */
    public boolean hasExtremes() {
        return this != BOOLEAN && this != BINARY;
    }

    public boolean isExact() {
        return this == INTEGER || this == DECIMAL;
    }
}
