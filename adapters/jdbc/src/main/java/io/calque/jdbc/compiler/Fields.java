package io.calque.jdbc.compiler;

/** The columns that an expression may refer to, by index. */
@FunctionalInterface
interface Fields {
    Expr at(int index);
}
