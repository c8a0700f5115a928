package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;

/**
 * A scalar expression in SQL. Immutable.
 *
 * @param level how tightly its outermost operator binds
 * @param type the engine type it stands for
 * @param form how the source holds its values; many forms must be made exact before they are computed with
 * @param nullable whether NULL may come out
 * @param label the stored column it is, as messages name it; empty for a computed one
 * @param literal the value, where it is one
 */
record Expr(
        Sql sql, Level level, DataType type, Form form, boolean nullable, String label, Optional<RexLiteral> literal) {

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

    static Expr column(Relation relation, String name, DataType type, Form form, boolean nullable, String label) {
        return new Expr(Sql.column(relation, name), Level.ATOM, type, form, nullable, label, Optional.empty());
    }

    static Expr of(Sql sql, Level level, DataType type, boolean nullable) {
        return new Expr(sql, level, type, Form.PLAIN, nullable, "", Optional.empty());
    }

    static Expr atom(DataType type, boolean nullable, Object... parts) {
        return of(Sql.of(parts), Level.ATOM, type, nullable);
    }

    static Expr condition(Level level, boolean nullable, Object... parts) {
        return of(Sql.of(parts), level, DataType.BOOLEAN, nullable);
    }

    static Expr literal(String text, DataType type, RexLiteral value) {
        boolean negative = text.startsWith("-");
        return new Expr(
                Sql.of(text),
                negative ? Level.PRODUCT : Level.ATOM,
                type,
                Form.PLAIN,
                value.isNull(),
                "",
                Optional.of(value));
    }

    /** Its text as an operand of an operator that needs at least {@code least}. */
    Sql at(Level least) {
        return level.compareTo(least) >= 0 ? sql : Sql.of("(", sql, ")");
    }

    Expr asNullable() {
        return nullable ? this : new Expr(sql, level, type, form, true, label, literal);
    }

    Expr as(DataType newType) {
        return new Expr(sql, level, newType, form, nullable, label, literal);
    }

    /** The same values in another spelling. */
    Expr spelled(Form newForm, Object... parts) {
        return new Expr(Sql.of(parts), Level.ATOM, type, newForm, nullable, label, Optional.empty());
    }

    /** The same text, whose values are known to have a form. */
    Expr formed(Form newForm) {
        return newForm == form ? this : new Expr(sql, level, type, newForm, nullable, label, literal);
    }

    /** A stored column, or one of a subselect, as it stands: nothing is computed. */
    boolean isColumn() {
        return sql.pieces().size() == 1 && sql.pieces().get(0) instanceof Sql.Column;
    }

    boolean isParameter() {
        return sql.pieces().size() == 1 && sql.pieces().get(0) instanceof Sql.Slot;
    }

    boolean isConstant() {
        return literal.isPresent() || isParameter();
    }

    boolean isText() {
        return type.kind() == TypeKind.VARCHAR;
    }

    boolean isApproximate() {
        return type.kind() == TypeKind.REAL || type.kind() == TypeKind.DOUBLE;
    }
}
