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

    Expr call(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix) {
        if (call.getAggregation().getKind() == SqlKind.LISTAGG && !call.ignoreNulls()) {
            return joined(call, arguments, order, suffix);
        }
        if (!call.getCollation().getFieldCollations().isEmpty() || call.isApproximate() || call.ignoreNulls()) {
            throw new Refused("an aggregate over ordered or approximate values stays in Calque");
        }
        DataType type = type(call);
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.GROUPING) {
            List<Sql> keys =
                    arguments.stream().map(a -> dialect.groupable(a).sql()).toList();
            return Expr.atom(type, false, "CAST(GROUPING(", Sql.joined(", ", keys), ") AS bigint)");
        }
        if (kind == SqlKind.COUNT) {
            return count(call, arguments, suffix, type);
        }
        if (arguments.size() != 1) {
            throw new Refused(
                    "PostgreSQL is not asked for " + call.getAggregation().getName());
        }
        Expr argument = arguments.get(0);
        return switch (kind) {
            case SUM -> Expr.atom(type, true, of("SUM", call, summed(argument), suffix));
            case SUM0 -> Expr.atom(type, false, "COALESCE(", of("SUM", call, summed(argument), suffix), ", 0)");
            case AVG -> average(call, summed(argument), suffix, type);
            case MIN, MAX -> extreme(kind, argument, suffix);
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

    /** Texts in an order that is said; of rows that tie any may come first on both sides. */
    private Expr joined(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix) {
        Expr text = arguments.get(0);
        Sql separator = arguments.size() < 2 ? Sql.of("','") : separator(arguments.get(1));
        if (order.isEmpty() || call.isDistinct() || !text.isText() || text.isConstant()) {
            throw new Refused("texts are joined in Calque, but for those in a stated order");
        }
        return Expr.atom(
                DataType.VARCHAR,
                true,
                "STRING_AGG(",
                dialect.exact(text).sql(),
                ", ",
                separator,
                order.get(),
                ")",
                suffix);
    }

    private static Sql separator(Expr separator) {
        boolean known = separator.isText()
                && separator.literal().filter(l -> !Literals.isNull(l)).isPresent();
        if (!known) {
            throw new Refused("texts with a separator that is not constant are joined in Calque");
        }
        return separator.sql();
    }

    private Expr count(AggregateCall call, List<Expr> arguments, Sql suffix, DataType type) {
        if (arguments.isEmpty()) {
            return Expr.atom(type, false, "COUNT(*)", suffix);
        }
        if (arguments.size() > 1) {
            throw new Refused("COUNT of several columns stays in Calque");
        }
        // Whether a value is NULL does not depend on its form; whether two differ does.
        Expr counted = call.isDistinct() ? dialect.groupable(arguments.get(0)) : arguments.get(0);
        return Expr.atom(type, false, of("COUNT", call, counted, suffix));
    }

    private Expr summed(Expr argument) {
        if (!argument.type().isNumeric() || argument.type().kind() == TypeKind.REAL) {
            throw new Refused("sums of " + argument.type() + " stay in Calque");
        }
        return dialect.exact(argument);
    }

    /** Exact averages are a sum over a count, because PostgreSQL's own has a scale that depends on the values. */
    private static Expr average(AggregateCall call, Expr argument, Sql suffix, DataType type) {
        if (argument.isApproximate()) {
            return Expr.atom(type, true, of("AVG", call, argument, suffix));
        }
        Expr sum = Expr.atom(type, true, of("SUM", call, argument, suffix));
        Expr count = Expr.atom(DataType.BIGINT, false, of("COUNT", call, argument, suffix));
        return PostgresFunctions.quotient(sum, count, type, COUNT_DIGITS);
    }

    private Expr extreme(SqlKind kind, Expr argument, Sql suffix) {
        if (argument.type().kind() == TypeKind.BOOLEAN) {
            return Expr.atom(
                    DataType.BOOLEAN,
                    true,
                    kind == SqlKind.MIN ? "BOOL_AND(" : "BOOL_OR(",
                    argument.sql(),
                    ")",
                    suffix);
        }
        Expr compared = switch (argument.type().kind()) {
            case VARBINARY, ARRAY -> throw new Refused(kind + " of " + argument.type() + " stays in Calque");
            case VARCHAR ->
                argument.form() == Form.UUID
                        ? dialect.byCodePoint(dialect.exact(argument))
                        : dialect.byCodePoint(argument);
            // The smallest instant is also the smallest of those cut to milliseconds, so the cursor can cut it.
            case TIMESTAMP, TIMESTAMP_TZ -> argument;
            default -> dialect.exact(argument);
        };
        Form form = compared.form() == Form.FINE ? Form.FINE : compared.isText() ? Form.BINARY : Form.PLAIN;
        return Expr.atom(argument.type(), true, kind + "(", compared.sql(), ")", suffix)
                .spelled(form, kind + "(", compared.sql(), ")", suffix);
    }

    private static Sql of(String name, AggregateCall call, Expr argument, Sql suffix) {
        return Sql.of(name + (call.isDistinct() ? "(DISTINCT " : "("), argument.sql(), ")", suffix);
    }
}
