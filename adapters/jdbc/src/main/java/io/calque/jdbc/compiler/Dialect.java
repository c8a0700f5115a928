package io.calque.jdbc.compiler;

/** Where PostgreSQL and SQLite differ in saying the same. Stateless. */
interface Dialect {
    String quoted(String name);

    /** The expression as the cursor can decode it, in a form that the cursor knows. */
    Expr readable(Expr expr);
}
