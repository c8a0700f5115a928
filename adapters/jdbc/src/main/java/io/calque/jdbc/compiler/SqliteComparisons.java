package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;

/** Comparisons in SQLite, where a value's own class and not its column decides how it compares. */
final class SqliteComparisons {
    /** Up to here every decimal has a double of its own. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int DATE_LENGTH = 10;

    private final SqliteDialect dialect;

    SqliteComparisons(SqliteDialect dialect) {
        this.dialect = dialect;
    }

    private static String sign(SqlKind kind) {
        return switch (kind) {
            case IS_DISTINCT_FROM -> " IS NOT ";
            case IS_NOT_DISTINCT_FROM -> " IS ";
            default -> PostgresComparisons.sign(kind);
        };
    }

    private static Expr comparison(SqlKind kind, Expr left, Sql right, boolean nullable) {
        boolean known = kind == SqlKind.IS_DISTINCT_FROM || kind == SqlKind.IS_NOT_DISTINCT_FROM;
        return Expr.condition(
                Level.COMPARISON, !known && (left.nullable() || nullable), left.at(Level.ATOM), sign(kind), right);
    }

    private static Expr comparison(SqlKind kind, Expr left, Expr right) {
        return comparison(kind, left, right.at(Level.ATOM), right.nullable());
    }

    Expr compare(SqlKind kind, Expr left, Expr right) {
        TypeKind l = left.type().kind();
        TypeKind r = right.type().kind();
        if (SqliteDialect.isWhole(left.type()) && SqliteDialect.isWhole(right.type())) {
            return comparison(kind, dialect.exact(left), dialect.exact(right));
        }
        if (left.form() == Form.ROUNDED
                && right.literal().isPresent()
                && right.type().isExactNumeric()) {
            return rounded(kind, left, right.literal().orElseThrow());
        }
        if (SqliteDialect.isWhole(left.type()) && left.form() == Form.PLAIN && isDecimal(right)) {
            // A whole number and a decimal constant: SQLite compares 64-bit integers with doubles exactly.
            return comparison(kind, left, Sql.of(Literals.plain(right.literal().orElseThrow())), false);
        }
        if (left.isApproximate() && right.type().isNumeric() && right.literal().isPresent()) {
            return comparison(
                    kind,
                    dialect.exact(left),
                    Sql.of(Literals.approximate(right.literal().orElseThrow())),
                    false);
        }
        if (l != r) {
            throw new Refused(l + " and " + r + " are compared in Calque");
        }
        return switch (l) {
            case VARCHAR -> text(kind, left, right);
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> moments(kind, left, right);
            case BOOLEAN -> {
                if (kind != SqlKind.EQUALS && kind != SqlKind.NOT_EQUALS) {
                    throw new Refused("the order of BOOLEAN values is Calque's own");
                }
                yield comparison(kind, left, right);
            }
            case REAL, DOUBLE -> comparison(kind, dialect.exact(left), dialect.exact(right));
            default -> throw new Refused("values of type " + left.type() + " are compared in Calque");
        };
    }

    private static boolean isDecimal(Expr constant) {
        return constant.type().kind() == TypeKind.DECIMAL
                && constant.literal()
                        .filter(l -> !l.isNull() && digits(Literals.number(l)) <= DOUBLE_DIGITS)
                        .isPresent();
    }

    private static int digits(BigDecimal value) {
        return value.stripTrailingZeros().precision();
    }

    private Expr text(SqlKind kind, Expr left, Expr right) {
        boolean equality = switch (kind) {
            case EQUALS, NOT_EQUALS, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> true;
            default -> false;
        };
        if (!equality && (left.form() == Form.UNORDERED || right.form() == Form.UNORDERED)) {
            throw new Refused("a file in UTF-16 does not order text by code point");
        }
        return comparison(kind, dialect.exact(left), dialect.exact(right));
    }

    /**
     * A column that is rounded half up at its scale when it is read, against a constant: each comparison becomes one with the bounds
     * between which doubles round to the constant. A double is on the same side of a bound of at most 15 digits as the decimal that its
     * shortest text says.
     *
     * <pre>
     * c = 12.34  becomes  c &gt;= 12.335 AND c &lt; 12.345;   c &gt; 12.34  becomes  c &gt;= 12.345
     * </pre>
     */
    private Expr rounded(SqlKind kind, Expr column, RexLiteral literal) {
        if (literal.isNull()) {
            throw new Refused("comparisons with NULL stay in Calque");
        }
        int scale = column.type().scale();
        BigDecimal value = Literals.number(literal).stripTrailingZeros();
        BigDecimal half = BigDecimal.valueOf(5, scale + 1);
        if (value.scale() > scale
                || digits(value.add(half)) > DOUBLE_DIGITS
                || digits(value.subtract(half)) > DOUBLE_DIGITS) {
            throw new Refused("a double is not exact to the digits of " + value.toPlainString());
        }
        // Half up means away from zero: a bound below zero belongs to the number further from it.
        boolean upIn = value.add(half).signum() < 0;
        boolean downIn = value.subtract(half).signum() > 0;
        Bound above = new Bound(value.add(half), upIn);
        Bound below = new Bound(value.subtract(half), downIn);
        return switch (kind) {
            case GREATER_THAN -> above.beyond(column);
            case LESS_THAN_OR_EQUAL -> above.within(column);
            case GREATER_THAN_OR_EQUAL -> below.atLeast(column);
            case LESS_THAN -> below.under(column);
            case EQUALS ->
                Expr.condition(
                        Level.AND,
                        column.nullable(),
                        below.atLeast(column).sql(),
                        " AND ",
                        above.within(column).sql());
            case NOT_EQUALS ->
                Expr.condition(
                        Level.OR,
                        column.nullable(),
                        below.under(column).sql(),
                        " OR ",
                        above.beyond(column).sql());
            default -> throw new Refused(column.label() + " may be kept as a double in SQLite, which is not exact");
        };
    }

    /**
     * Where rounding changes from one decimal to the next.
     *
     * @param inner whether the bound itself rounds towards the constant
     */
    private record Bound(BigDecimal at, boolean inner) {
        private Expr compared(Expr column, String sign) {
            return Expr.condition(
                    Level.COMPARISON,
                    column.nullable(),
                    column.sql(),
                    sign,
                    at.stripTrailingZeros().toPlainString());
        }

        Expr beyond(Expr column) {
            return compared(column, inner ? " > " : " >= ");
        }

        Expr within(Expr column) {
            return compared(column, inner ? " <= " : " < ");
        }

        Expr atLeast(Expr column) {
            return compared(column, inner ? " >= " : " > ");
        }

        Expr under(Expr column) {
            return compared(column, inner ? " < " : " <= ");
        }
    }

    /**
     * Text of a date or timestamp against a midnight: whatever follows the date in the text, it is behind the date alone and before the
     * next one.
     */
    private Expr moments(SqlKind kind, Expr left, Expr right) {
        if (left.form() != Form.ISO_TEXT
                || right.literal().isEmpty()
                || left.type().kind() == TypeKind.TIMESTAMP_TZ) {
            throw new Refused(left.label() + " is kept as text, which can spell one moment in several ways");
        }
        String day = midnight(right.literal().orElseThrow(), right.type().kind());
        // The last day that is supported has no next one, but texts behind it.
        String next = day.equals("9999-12-31")
                ? "'9999-12-32'"
                : "'" + LocalDate.parse(day).plusDays(1) + "'";
        String same = "'" + day + "'";
        boolean date = left.type().kind() == TypeKind.DATE;
        return switch (kind) {
            case GREATER_THAN_OR_EQUAL, LESS_THAN -> comparison(kind, left, Sql.of(same), false);
            case GREATER_THAN -> daysOnly(date, comparison(SqlKind.GREATER_THAN_OR_EQUAL, left, Sql.of(next), false));
            case LESS_THAN_OR_EQUAL -> daysOnly(date, comparison(SqlKind.LESS_THAN, left, Sql.of(next), false));
            case EQUALS ->
                daysOnly(
                        date,
                        Expr.condition(
                                Level.AND,
                                left.nullable(),
                                left.sql(),
                                " >= " + same + " AND ",
                                left.sql(),
                                " < " + next));
            case NOT_EQUALS ->
                daysOnly(
                        date,
                        Expr.condition(
                                Level.OR,
                                left.nullable(),
                                left.sql(),
                                " < " + same + " OR ",
                                left.sql(),
                                " >= " + next));
            default -> throw new Refused(left.label() + " is kept as text, which can spell one moment in several ways");
        };
    }

    private static Expr daysOnly(boolean date, Expr condition) {
        if (!date) {
            throw new Refused("a timestamp kept as text is compared exactly only as before or from a midnight on");
        }
        return condition;
    }

    private static String midnight(RexLiteral literal, TypeKind kind) {
        if (literal.isNull()) {
            throw new Refused("comparisons with NULL stay in Calque");
        }
        if (kind == TypeKind.DATE) {
            return Literals.date(literal);
        }
        String text = Literals.timestamp(literal).toString();
        if (!text.substring(DATE_LENGTH).equals(" 00:00:00")) {
            throw new Refused("a timestamp kept as text is compared exactly only as before or from a midnight on");
        }
        return text.substring(0, DATE_LENGTH);
    }

    /** A JSON array: one parameter however many keys there are, and an index of the column still serves. */
    Expr among(Expr left, ParameterSlot keys) {
        requireSent(left, keys);
        return Expr.condition(
                Level.COMPARISON,
                left.nullable(),
                dialect.exact(left).at(Level.ATOM),
                " IN (SELECT value FROM json_each(",
                Sql.slot(keys),
                "))");
    }

    private static void requireSent(Expr column, ParameterSlot keys) {
        boolean whole = SqliteDialect.isWhole(column.type()) && SqliteDialect.isWhole(keys.type());
        if (!whole && !(column.isText() && keys.type().kind() == TypeKind.VARCHAR)) {
            throw new Refused("keys of type " + column.type() + " are not sent");
        }
    }

    /** A JSON array of arrays. */
    Expr among(List<Expr> columns, List<ParameterSlot> keys) {
        List<Sql> values = new ArrayList<>();
        List<Sql> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            requireSent(columns.get(i), keys.get(i));
            values.add(dialect.exact(columns.get(i)).at(Level.ATOM));
            parts.add(Sql.of("json_extract(value, '$[" + i + "]')"));
        }
        return Expr.condition(
                Level.COMPARISON,
                columns.stream().anyMatch(Expr::nullable),
                "(",
                Sql.joined(", ", values),
                ") IN (SELECT ",
                Sql.joined(", ", parts),
                " FROM json_each(",
                Sql.slot(new ParameterSlot(keys.get(0).parameter(), keys.get(0).type())),
                "))");
    }

    Optional<Expr> listed(Expr operand, List<Expr> constants) {
        boolean alike = constants.stream()
                .allMatch(c -> c.type().kind() == operand.type().kind()
                        || (SqliteDialect.isWhole(c.type()) && SqliteDialect.isWhole(operand.type())));
        boolean simple = switch (operand.form()) {
            case PLAIN, BINARY, COLLATED, UNORDERED -> true;
            case NATIVE -> operand.isText();
            default -> false;
        };
        return alike && simple && !operand.isApproximate() ? Optional.of(dialect.exact(operand)) : Optional.empty();
    }
}
