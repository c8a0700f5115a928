package io.calque.spi.type;

/** The closed list of engine types; how each is held in memory is said in {@code docs/semantics.md}. */
public enum TypeKind {
    BOOLEAN,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    /** Precision at most 38; scale 0 to 38. */
    DECIMAL,
    /** Unicode text of any length. */
    VARCHAR,
    VARBINARY,
    /** Days since 1970-01-01, proleptic Gregorian. */
    DATE,
    /** Milliseconds of the day. */
    TIME,
    /** Wall clock, milliseconds since 1970-01-01T00:00 as if in UTC. */
    TIMESTAMP,
    /** An instant, milliseconds since 1970-01-01T00:00Z: SQL's TIMESTAMP WITH LOCAL TIME ZONE. */
    TIMESTAMP_TZ,
    /** A list of values of one element type. */
    ARRAY
}
