package io.calque.jdbc.compiler;

/**
 * One column of a SELECT's result.
 *
 * @param name as the fragment names it
 */
record Item(Expr expr, String name) {}
