package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;

/** Aggregates of SQLite that give what the engine's give. */
final class SqliteAggregates {
    private final SqliteDialect dialect;

    SqliteAggregates(SqliteDialect dialect) {
        this.dialect = dialect;
    }

    Expr call(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix) {
        if (order.isPresent() || call.isApproximate() || call.ignoreNulls()) {
            throw new Refused("an aggregate over ordered or approximate values stays in Calque");
        }
        DataType type = type(call);
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.COUNT && arguments.isEmpty()) {
            return Expr.atom(type, false, "COUNT(*)", suffix);
        }
        if (arguments.size() != 1) {
            throw new Refused("SQLite is not asked for " + call.getAggregation().getName() + " of several columns");
        }
        Expr argument = arguments.get(0);
        return switch (kind) {
            case COUNT ->
                Expr.atom(
                        type,
                        false,
                        of("COUNT", call, call.isDistinct() ? dialect.groupable(argument) : argument, suffix));
            case SUM -> Expr.atom(type, true, of("SUM", call, summed(argument), suffix));
            case SUM0 -> Expr.atom(type, false, "COALESCE(", of("SUM", call, summed(argument), suffix), ", 0)");
            case MIN, MAX -> extreme(kind, argument, suffix);
            default ->
                throw new Refused(
                        "SQLite is not asked for " + call.getAggregation().getName());
        };
    }

    private static DataType type(AggregateCall call) {
        try {
            return RelTypes.toData(call.getType());
        } catch (QueryException e) {
            throw new Refused("a value of type " + call.getType() + " stays in Calque");
        }
    }

    private Expr summed(Expr argument) {
        return switch (argument.type().kind()) {
            case SMALLINT, INTEGER, DOUBLE -> dialect.exact(argument);
            case BIGINT -> throw new Refused("a sum of BIGINT is exact to 38 digits, and SQLite's ends at 64 bits");
            case DECIMAL -> throw new Refused("SQLite sums decimals as doubles, which is not exact");
            default -> throw new Refused("sums of " + argument.type() + " stay in Calque");
        };
    }

    private Expr extreme(SqlKind kind, Expr argument, Sql suffix) {
        Expr compared = switch (argument.type().kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> dialect.exact(argument);
            // Rounding keeps order, so the smallest double is also the one that rounds to the smallest decimal.
            case DECIMAL -> argument.form() == Form.ROUNDED ? argument : dialect.exact(argument);
            // Of texts that begin with their date and differ behind it, any smallest one reads as the smallest date.
            case DATE -> argument;
            case VARCHAR -> dialect.sortable(argument, false);
            default -> throw new Refused(kind + " of " + argument.type() + " stays in Calque");
        };
        if (argument.type().kind() == TypeKind.DATE && argument.form() != Form.ISO_TEXT) {
            throw new Refused(kind + " of " + argument.label() + " stays in Calque");
        }
        Form form = argument.form() == Form.ROUNDED || argument.form() == Form.ISO_TEXT ? argument.form() : Form.PLAIN;
        Expr shape = Expr.atom(argument.type(), true, "");
        return shape.spelled(form, kind + "(", compared.sql(), ")", suffix);
    }

    private static Sql of(String name, AggregateCall call, Expr argument, Sql suffix) {
        return Sql.of(name + (call.isDistinct() ? "(DISTINCT " : "("), argument.sql(), ")", suffix);
    }
}
