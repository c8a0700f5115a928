package io.calque.registry.drift;

/** What a change does to queries that ran before it. */
public enum Impact {
    /** They keep running and keep their result types. */
    COMPATIBLE,
    /** Those that name the changed object fail or change their result type. */
    BREAKING
}
