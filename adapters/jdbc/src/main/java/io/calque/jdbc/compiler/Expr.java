package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;

/**
 * A scalar expression in SQL. Immutable.
 *
 * @param level how tightly its outermost operator binds
 * @param type the engine type it stands for
 * @param form how the source holds its values; anything but PLAIN must be made exact before it is computed with
 * @param nullable whether NULL may come out
 * @param label the stored column it is, or empty
 */
record Expr(Sql sql, Level level, DataType type, Form form, boolean nullable, String label) {

    /** From loosest to tightest. */
    enum Level {
        OR,
        AND,
        NOT,
        COMPARISON,
        CONCATENATION,
        SUM,
        PRODUCT,
        ATOM
    }

    static Expr plain(Sql sql, Level level, DataType type, boolean nullable) {
        return new Expr(sql, level, type, Form.PLAIN, nullable, "");
    }

    static Expr atom(Sql sql, DataType type, boolean nullable) {
        return plain(sql, Level.ATOM, type, nullable);
    }

    /** Its text as an operand of an operator that needs at least {@code least}. */
    Sql at(Level least) {
        return level.compareTo(least) >= 0 ? sql : Sql.of("(", sql, ")");
    }

    Expr withNullable() {
        return nullable ? this : new Expr(sql, level, type, form, true, label);
    }

    Expr withSql(Sql newSql) {
        return new Expr(newSql, Level.ATOM, type, form, nullable, label);
    }

    /** A stored column as it stands: nothing is computed. */
    boolean isColumn() {
        return sql.pieces().size() == 1 && sql.pieces().get(0) instanceof Sql.Column;
    }
}
