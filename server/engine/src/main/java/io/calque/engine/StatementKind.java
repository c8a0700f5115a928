package io.calque.engine;

/** What a statement does. */
public enum StatementKind {
    /** Returns rows. */
    QUERY,
    /** Returns rows that describe a plan. */
    EXPLAIN,
    /** VERIFY: returns rows that compare a query's answers with pushdown on and off. */
    VERIFY,
    /** SHOW: returns rows about the session. */
    SHOW,
    /** SET, RESET: changes the session, returns nothing. */
    SET,
    /** CREATE VIEW, DROP VIEW: changes the registry, returns nothing. */
    DEFINITION,
    /** BEGIN, COMMIT, ROLLBACK, DISCARD: accepted because tools send them; nothing is transactional. */
    TRANSACTION
}
