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

/** Aggregates of PostgreSQL that give what the engine's give, in the engine's types. */
final class PostgresAggregates {
    /** Digits of a row count. */
    private static final int COUNT_DIGITS = 19;

    private final PostgresDialect dialect;

    PostgresAggregates(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    Expr call(AggregateCall call, List<Expr> arguments, Optional<Expr> filter) {
        if (!call.getCollation().getFieldCollations().isEmpty() || call.isApproximate() || call.ignoreNulls()) {
            throw new Refused("an aggregate over ordered or approximate values stays in Calque");
        }
        DataType type = type(call);
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.COUNT) {
            return count(call, arguments, filter, type);
        }
        if (arguments.size() != 1) {
            throw new Refused(
                    "PostgreSQL is not asked for " + call.getAggregation().getName());
        }
        Expr argument = arguments.get(0);
        return switch (kind) {
            case SUM -> Expr.atom(type, true, of("SUM", call, summed(argument), filter));
            case SUM0 -> Expr.atom(type, false, "COALESCE(", of("SUM", call, summed(argument), filter), ", 0)");
            case AVG -> average(call, summed(argument), filter, type);
            case MIN, MAX -> extreme(kind, argument, filter);
            default ->
                throw new Refused(
                        "PostgreSQL is not asked for " + call.getAggregation().getName());
        };
    }

    private static DataType type(AggregateCall call) {
        try {
            return RelTypes.toData(call.getType());
        } catch (QueryException e) {
            throw new Refused("a value of type " + call.getType() + " stays in Calque");
        }
    }

    private Expr count(AggregateCall call, List<Expr> arguments, Optional<Expr> filter, DataType type) {
        if (arguments.isEmpty()) {
            return Expr.atom(type, false, "COUNT(*)", filtered(filter));
        }
        if (arguments.size() > 1) {
            throw new Refused("COUNT of several columns stays in Calque");
        }
        // Whether a value is NULL does not depend on its form; whether two differ does.
        Expr counted = call.isDistinct() ? dialect.groupable(arguments.get(0)) : arguments.get(0);
        return Expr.atom(type, false, of("COUNT", call, counted, filter));
    }

    private Expr summed(Expr argument) {
        if (!argument.type().isNumeric() || argument.type().kind() == TypeKind.REAL) {
            throw new Refused("sums of " + argument.type() + " stay in Calque");
        }
        return dialect.exact(argument);
    }

    /** Exact averages are a sum over a count, because PostgreSQL's own has a scale that depends on the values. */
    private static Expr average(AggregateCall call, Expr argument, Optional<Expr> filter, DataType type) {
        if (argument.isApproximate()) {
            return Expr.atom(type, true, of("AVG", call, argument, filter));
        }
        Expr sum = Expr.atom(type, true, of("SUM", call, argument, filter));
        Expr count = Expr.atom(DataType.BIGINT, false, of("COUNT", call, argument, filter));
        return PostgresFunctions.quotient(sum, count, type, COUNT_DIGITS);
    }

    private Expr extreme(SqlKind kind, Expr argument, Optional<Expr> filter) {
        Expr compared = switch (argument.type().kind()) {
            case BOOLEAN, VARBINARY, ARRAY -> throw new Refused(kind + " of " + argument.type() + " stays in Calque");
            case VARCHAR ->
                argument.form() == Form.UUID
                        ? dialect.byCodePoint(dialect.exact(argument))
                        : dialect.byCodePoint(argument);
            // The smallest instant is also the smallest of those cut to milliseconds, so the cursor can cut it.
            case TIMESTAMP, TIMESTAMP_TZ -> argument;
            default -> dialect.exact(argument);
        };
        Form form = compared.form() == Form.FINE ? Form.FINE : compared.isText() ? Form.BINARY : Form.PLAIN;
        return Expr.atom(argument.type(), true, kind + "(", compared.sql(), ")", filtered(filter))
                .spelled(form, kind + "(", compared.sql(), ")", filtered(filter));
    }

    private static Sql of(String name, AggregateCall call, Expr argument, Optional<Expr> filter) {
        return Sql.of(name + (call.isDistinct() ? "(DISTINCT " : "("), argument.sql(), ")", filtered(filter));
    }

    private static Sql filtered(Optional<Expr> filter) {
        return filter.map(f -> Sql.of(" FILTER (WHERE ", f.sql(), ")")).orElse(Sql.of(""));
    }
}
