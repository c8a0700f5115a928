package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Casts that PostgreSQL makes as the engine does: numbers, which round half up and raise 22003 on both sides, and dates. Casts from text
 * stay local, because each side reads spellings of its own; casts of doubles to DECIMAL, because PostgreSQL keeps 15 digits.
 */
final class PostgresCasts {
    private PostgresCasts() {}

    static Expr cast(PostgresDialect dialect, RexCall call, Translator operands) {
        if (!call.getOperator().getName().equals("CAST")) {
            throw new Refused(
                    "PostgreSQL is not asked for " + call.getOperator().getName());
        }
        Expr value = operands.operand(call, 0);
        DataType to = Translator.type(call.getType());
        DataType from = value.type();
        if (from.kind() == TypeKind.VARCHAR && to.kind() == TypeKind.VARCHAR) {
            RelDataType inner = call.getOperands().get(0).getType();
            if (shortens(inner, call.getType())) {
                throw new Refused("a cast that shortens text stays in Calque");
            }
            return value;
        }
        if (from.equals(to)) {
            return value;
        }
        boolean nothing = value.literal().filter(l -> l.isNull()).isPresent();
        if (nothing || proven(from, to)) {
            Expr exact = dialect.exact(value);
            return Expr.atom(to, value.nullable(), "CAST(", exact.sql(), " AS " + PostgresDialect.name(to) + ")");
        }
        if (from.kind() == TypeKind.TIMESTAMP && to.kind() == TypeKind.DATE) {
            // The day of a timestamp does not depend on its fractions of a second.
            return Expr.atom(
                    to,
                    value.nullable(),
                    "CAST(",
                    value.spelled(Form.PLAIN, value.sql()).sql(),
                    " AS date)");
        }
        return throughAnother(dialect, value, to);
    }

    /** Casts that PostgreSQL makes in two steps, or by a comparison. */
    private static Expr throughAnother(PostgresDialect dialect, Expr value, DataType to) {
        DataType from = value.type();
        boolean whole = from.isExactNumeric() && from.kind() != TypeKind.DECIMAL;
        if (from.kind() == TypeKind.DECIMAL && to.kind() == TypeKind.VARCHAR) {
            // All digits of the type's scale, which a computed number need not have.
            return through(dialect, value, PostgresDialect.name(from), to);
        }
        boolean number =
                to.kind() == TypeKind.SMALLINT || to.kind() == TypeKind.INTEGER || to.kind() == TypeKind.BIGINT;
        if (from.kind() == TypeKind.BOOLEAN && number) {
            return through(dialect, value, "integer", to);
        }
        if (whole && to.kind() == TypeKind.BOOLEAN) {
            return Expr.condition(
                    Level.COMPARISON, value.nullable(), dialect.exact(value).at(Level.CONCATENATION), " <> 0");
        }
        throw new Refused("CAST from " + from + " to " + to + " stays in Calque");
    }

    private static Expr through(PostgresDialect dialect, Expr value, String between, DataType to) {
        return Expr.atom(
                to,
                value.nullable(),
                "CAST(CAST(",
                dialect.exact(value).sql(),
                " AS " + between + ") AS " + PostgresDialect.name(to) + ")");
    }

    static boolean shortens(RelDataType from, RelDataType to) {
        int limit = to.getPrecision();
        return limit != RelDataType.PRECISION_NOT_SPECIFIED
                && (from.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED || from.getPrecision() > limit)
                && SqlTypeUtil.inCharFamily(to);
    }

    private static boolean proven(DataType from, DataType to) {
        return switch (to.kind()) {
            case SMALLINT, INTEGER, BIGINT -> from.isNumeric() && from.kind() != TypeKind.REAL;
            case DECIMAL -> from.isExactNumeric();
            case DOUBLE -> from.isNumeric();
            case VARCHAR ->
                from.kind() == TypeKind.SMALLINT
                        || from.kind() == TypeKind.INTEGER
                        || from.kind() == TypeKind.BIGINT
                        || from.kind() == TypeKind.BOOLEAN
                        || from.kind() == TypeKind.DATE
                        || from.kind() == TypeKind.TIME
                        || from.kind() == TypeKind.TIMESTAMP;
            case TIMESTAMP -> from.kind() == TypeKind.DATE;
            default -> false;
        };
    }
}
