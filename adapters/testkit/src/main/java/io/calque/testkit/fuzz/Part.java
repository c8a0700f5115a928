package io.calque.testkit.fuzz;

/** What can be spelled inside a query. Immutable. */
public sealed interface Part permits Expr, Query, From {
    void spell(Spelling spelling);
}
