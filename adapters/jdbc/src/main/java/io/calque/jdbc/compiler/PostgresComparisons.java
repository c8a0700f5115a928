package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlKind;

/** Comparisons that keep the engine's meaning and, where that is provable, the column bare, so that PostgreSQL can use its index. */
final class PostgresComparisons {
    private static final Pattern CANONICAL_UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final PostgresDialect dialect;

    PostgresComparisons(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    static String sign(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> " = ";
            case NOT_EQUALS -> " <> ";
            case LESS_THAN -> " < ";
            case LESS_THAN_OR_EQUAL -> " <= ";
            case GREATER_THAN -> " > ";
            case GREATER_THAN_OR_EQUAL -> " >= ";
            case IS_DISTINCT_FROM -> " IS DISTINCT FROM ";
            case IS_NOT_DISTINCT_FROM -> " IS NOT DISTINCT FROM ";
            default -> throw new IllegalArgumentException(kind + " is no comparison");
        };
    }

    private static boolean ordering(SqlKind kind) {
        return switch (kind) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
            default -> false;
        };
    }

    private Expr comparison(SqlKind kind, Expr left, Expr right) {
        boolean known = kind == SqlKind.IS_DISTINCT_FROM || kind == SqlKind.IS_NOT_DISTINCT_FROM;
        Sql bare = right.isConstant() ? dialect.compared(right) : right.at(Level.CONCATENATION);
        return Expr.condition(
                Level.COMPARISON,
                !known && (left.nullable() || right.nullable()),
                left.at(Level.CONCATENATION),
                sign(kind),
                bare);
    }

    Expr compare(SqlKind kind, Expr left, Expr right) {
        TypeKind l = left.type().kind();
        TypeKind r = right.type().kind();
        if (left.type().isExactNumeric() && right.type().isExactNumeric()) {
            return comparison(kind, dialect.exact(left), dialect.exact(right));
        }
        if (left.type().isNumeric() && right.type().isNumeric()) {
            return approximate(kind, left, right);
        }
        if (l != r) {
            throw new Refused(l + " and " + r + " are compared in Calque");
        }
        return switch (l) {
            case VARCHAR -> text(kind, left, right);
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> moments(kind, left, right);
            case DATE -> comparison(kind, left, right);
            case BOOLEAN, VARBINARY -> {
                if (ordering(kind)) {
                    throw new Refused("the order of " + l + " values is Calque's own");
                }
                yield comparison(kind, left, right);
            }
            default -> throw new Refused("values of type " + left.type() + " are compared in Calque");
        };
    }

    /** PostgreSQL takes NaN for equal to itself and above all else, as Calque does. */
    private Expr approximate(SqlKind kind, Expr left, Expr right) {
        boolean exactRight = right.type().isExactNumeric() && right.literal().isEmpty();
        boolean exactLeft = left.type().isExactNumeric() && left.literal().isEmpty();
        if (exactLeft || exactRight) {
            throw new Refused("exact and approximate numbers are compared in Calque");
        }
        return comparison(kind, left, right);
    }

    private Expr text(SqlKind kind, Expr left, Expr right) {
        if (ordering(kind)) {
            // One side with the collation decides for both.
            Expr decided = dialect.byCodePoint(left.form() == Form.UUID ? dialect.exact(left) : left);
            return comparison(kind, decided, dialect.exact(right));
        }
        if (left.form() == Form.UUID && right.form() == Form.UUID) {
            return comparison(kind, left, right);
        }
        if (left.form() == Form.UUID && canonical(right)) {
            return comparison(kind, left, right.spelled(Form.UUID, "CAST(", right.sql(), " AS uuid)"));
        }
        boolean unpadded = left.form() == Form.PADDED && (right.form() == Form.PADDED || trimmed(right));
        if (unpadded) {
            // char(n) compares without trailing blanks, and neither side has any.
            return comparison(kind, left, right);
        }
        return comparison(kind, dialect.exact(left), dialect.exact(right));
    }

    private static boolean canonical(Expr constant) {
        return constant.literal()
                .filter(l -> !Literals.isNull(l))
                .filter(l -> CANONICAL_UUID.matcher(Literals.value(l)).matches())
                .isPresent();
    }

    private static boolean trimmed(Expr constant) {
        return constant.literal()
                .filter(l -> !Literals.isNull(l))
                .filter(l -> !Literals.value(l).endsWith(" "))
                .isPresent();
    }

    /**
     * A column finer than milliseconds is compared as if cut to them.
     *
     * <p>Floor(x) &gt;= m exactly when x &gt;= m, and floor(x) &gt; m exactly when x &gt;= m + 1 ms, for m of whole milliseconds.
     */
    private Expr moments(SqlKind kind, Expr left, Expr right) {
        boolean fineLeft = left.form() == Form.FINE;
        boolean fineRight = right.form() == Form.FINE;
        if (!fineLeft && !fineRight) {
            return comparison(kind, left, right);
        }
        if (fineLeft && fineRight) {
            return comparison(kind, dialect.exact(left), dialect.exact(right));
        }
        if (fineRight) {
            return moments(kind.reverse(), right, left);
        }
        boolean wraps = right.type().kind() == TypeKind.TIME
                && kind != SqlKind.GREATER_THAN_OR_EQUAL
                && kind != SqlKind.LESS_THAN
                && !endsBefore(right);
        if (wraps) {
            throw new Refused("the last millisecond of a day has none after it, so this time is compared in Calque");
        }
        Sql later = Sql.of(dialect.exact(right).at(Level.SUM), " + INTERVAL '1 millisecond'");
        Expr next = Expr.of(later, Level.SUM, right.type(), right.nullable());
        return switch (kind) {
            case GREATER_THAN_OR_EQUAL, LESS_THAN -> comparison(kind, left, right);
            case GREATER_THAN -> comparison(SqlKind.GREATER_THAN_OR_EQUAL, left, next);
            case LESS_THAN_OR_EQUAL -> comparison(SqlKind.LESS_THAN, left, next);
            case EQUALS ->
                both(
                        " AND ",
                        Level.AND,
                        comparison(SqlKind.GREATER_THAN_OR_EQUAL, left, right),
                        comparison(SqlKind.LESS_THAN, left, next));
            case NOT_EQUALS ->
                both(
                        " OR ",
                        Level.OR,
                        comparison(SqlKind.LESS_THAN, left, right),
                        comparison(SqlKind.GREATER_THAN_OR_EQUAL, left, next));
            default -> comparison(kind, dialect.exact(left), right);
        };
    }

    private static boolean endsBefore(Expr time) {
        return time.literal()
                .filter(l -> !Literals.isNull(l))
                .filter(l -> !Literals.time(l).equals("23:59:59.999"))
                .isPresent();
    }

    private static Expr both(String word, Level level, Expr first, Expr second) {
        return Expr.condition(level, first.nullable() || second.nullable(), first.at(level), word, second.at(level));
    }

    /** An array, so that the text does not depend on how many keys there are. */
    Expr among(Expr left, ParameterSlot keys) {
        if (!isSent(left.type())) {
            throw new Refused("keys of type " + left.type() + " are not sent");
        }
        return Expr.condition(
                Level.COMPARISON,
                left.nullable(),
                dialect.exact(left).at(Level.CONCATENATION),
                " = ANY (",
                Sql.slot(keys),
                ")");
    }

    /** An array for each column, side by side; nothing else says of what type they are. */
    Expr among(List<Expr> columns, List<ParameterSlot> keys) {
        List<Sql> values = new ArrayList<>();
        List<Sql> arrays = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expr column = columns.get(i);
            ParameterSlot slot = keys.get(i);
            if (!isSent(column.type()) || !isSent(slot.type())) {
                throw new Refused("keys of type " + column.type() + " are not sent");
            }
            values.add(dialect.exact(column).at(Level.CONCATENATION));
            arrays.add(Sql.of("CAST(", Sql.slot(slot), " AS " + element(slot.type()) + "[])"));
        }
        return Expr.condition(
                Level.COMPARISON,
                columns.stream().anyMatch(Expr::nullable),
                "(",
                Sql.joined(", ", values),
                ") IN (SELECT * FROM unnest(",
                Sql.joined(", ", arrays),
                "))");
    }

    private static String element(DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric";
            case DATE -> "date";
            default -> "text";
        };
    }

    private static boolean isSent(DataType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR, DATE -> true;
            default -> false;
        };
    }

    Optional<Expr> listed(Expr operand, List<Expr> constants) {
        boolean alike = constants.stream()
                .allMatch(c -> c.type().kind() == operand.type().kind()
                        || (c.type().isExactNumeric() && operand.type().isExactNumeric()));
        if (!alike || operand.isApproximate() || operand.type().kind() == TypeKind.ARRAY) {
            return Optional.empty();
        }
        return switch (operand.form()) {
            case FINE, UUID -> Optional.empty();
            case PADDED ->
                constants.stream().allMatch(PostgresComparisons::trimmed)
                        ? Optional.of(operand)
                        : Optional.of(dialect.exact(operand));
            default -> Optional.of(dialect.exact(operand));
        };
    }
}
