package io.calque.spi.catalog;

/** What a table is in its source. */
public enum TableKind {
    TABLE,
    PARTITIONED_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE,
    VIRTUAL_TABLE,
    COLLECTION,
    /** An array of a MongoDB collection, one row an element. */
    CHILD_TABLE,
    SYSTEM_TABLE
}
