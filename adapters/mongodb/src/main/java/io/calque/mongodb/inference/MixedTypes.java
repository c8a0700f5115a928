package io.calque.mongodb.inference;

/** What becomes of a field whose values have no common SQL type. */
public enum MixedTypes {
    /** The column has the commonest type; any other value fails the query. */
    ERROR,
    /** The column has the commonest type; any other value is NULL. */
    NULL,
    /** The column is VARCHAR and holds every value's text. */
    TEXT
}
