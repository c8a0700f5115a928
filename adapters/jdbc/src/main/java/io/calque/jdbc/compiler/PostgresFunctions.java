package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Arithmetic and functions of numbers in PostgreSQL that give what the engine's give; text and time have their own. */
final class PostgresFunctions {
    /** Names beside those of {@link PostgresText} and {@link PostgresTimes}. */
    static final String[] NAMES = {
        "+",
        "-",
        "*",
        "/",
        "/INT",
        "MOD",
        "%",
        "ABS",
        "FLOOR",
        "CEIL",
        "ROUND",
        "TRUNC",
        "SIGN",
        "GREATEST",
        "LEAST",
        "CAST"
    };

    /** More digits than these before and behind the point are an error here, and none there. */
    private static final int MOST_DIGITS = 38;

    private final PostgresDialect dialect;
    private final PostgresText texts;
    private final PostgresTimes times;

    PostgresFunctions(PostgresDialect dialect) {
        this.dialect = dialect;
        this.texts = new PostgresText(dialect);
        this.times = new PostgresTimes(dialect);
    }

    Expr call(RexCall call, Translator operands) {
        return switch (call.getKind()) {
            case PLUS -> plus(call, operands);
            case MINUS -> minus(call, operands);
            case TIMES -> times(call, operands);
            case DIVIDE -> divide(call, operands);
            case MOD -> mod(call, operands);
            case MINUS_PREFIX -> negated(call, operands);
            case CAST -> PostgresCasts.cast(dialect, call, operands);
            case EXTRACT -> times.extract(call, operands);
            case FLOOR, CEIL -> call.getOperands().size() == 1 ? whole(call, operands) : times.floor(call, operands);
            default -> named(call, operands);
        };
    }

    private Expr named(RexCall call, Translator operands) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "ABS" -> {
                Expr number = number(operands.operand(call, 0));
                yield Expr.atom(number.type(), number.nullable(), "ABS(", number.sql(), ")");
            }
            case "ROUND", "TRUNC" -> rounded(name, call, operands);
            case "SIGN" -> sign(call, operands);
            case "GREATEST", "LEAST" -> extreme(name, call, operands);
            case "DAYS_BETWEEN", "ADD_DAYS", "TO_CHAR" -> times.named(name, call, operands);
            default -> texts.call(name, call, operands);
        };
    }

    private Expr number(Expr operand) {
        if (!operand.type().isNumeric() || operand.type().kind() == TypeKind.REAL) {
            throw new Refused("arithmetic on " + operand.type() + " stays in Calque");
        }
        return dialect.exact(operand);
    }

    /** Rounding is exact only for numbers that are: of a double PostgreSQL knows whole places only. */
    private Expr rounded(String name, RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        Expr number = number(operands.operand(call, 0));
        if (call.getOperands().size() == 1) {
            if (isInteger(number.type()) && type.equals(number.type())) {
                return number;
            }
            if (number.type().kind() == TypeKind.REAL || type.kind() == TypeKind.REAL) {
                throw new Refused(name + " of REAL stays in Calque");
            }
            return Expr.atom(type, number.nullable(), name + "(", number.sql(), ")");
        }
        RexLiteral digits = operands.literalOperand(call, 1);
        if (digits == null || digits.isNull() || number.isApproximate() || type.kind() != TypeKind.DECIMAL) {
            throw new Refused(name + " of " + number.type() + " to a number of digits stays in Calque");
        }
        BigDecimal places = Literals.number(digits);
        boolean small = places.stripTrailingZeros().scale() <= 0
                && places.abs().compareTo(BigDecimal.valueOf(MOST_DIGITS)) <= 0;
        int whole = number.type().kind() == TypeKind.DECIMAL
                ? number.type().precision() - number.type().scale()
                : MOST_DIGITS / 2;
        // One digit more, for 9.9 becomes 10.
        if (!small || whole + 1 + Math.max(0, places.intValue()) > MOST_DIGITS) {
            throw new Refused(name + " to " + places + " digits may not fit, which Calque finds out");
        }
        return Expr.atom(
                type, number.nullable(), name + "(CAST(", number.sql(), " AS numeric), " + places.toBigInteger() + ")");
    }

    private Expr whole(RexCall call, Translator operands) {
        String name = call.getOperator().getName();
        DataType type = Translator.type(call.getType());
        Expr number = number(operands.operand(call, 0));
        if (isInteger(number.type()) && type.equals(number.type())) {
            return number;
        }
        boolean alike = number.type().kind() == type.kind()
                && (type.kind() == TypeKind.DECIMAL || type.kind() == TypeKind.DOUBLE);
        if (!alike) {
            throw new Refused(name + " of " + number.type() + " stays in Calque");
        }
        return Expr.atom(type, number.nullable(), name + "(", number.sql(), ")");
    }

    private Expr sign(RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        Expr number = number(operands.operand(call, 0));
        if (number.isApproximate() || !type.isExactNumeric()) {
            throw new Refused("SIGN of " + number.type() + " stays in Calque");
        }
        return Expr.atom(
                type,
                number.nullable(),
                "CAST(SIGN(CAST(",
                number.sql(),
                " AS numeric)) AS " + PostgresDialect.name(type) + ")");
    }

    /** NULLs are left out on both sides; NaN is not compared alike. */
    private Expr extreme(String name, RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        List<Sql> parts = new ArrayList<>();
        boolean nullable = true;
        for (RexNode node : call.getOperands()) {
            Expr operand = operands.translate(node);
            boolean alike =
                    operand.type().kind() == type.kind() || operand.type().isExactNumeric() && type.isExactNumeric();
            boolean comparable = switch (type.kind()) {
                case SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR, DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
                default -> false;
            };
            if (!alike || !comparable) {
                throw new Refused(name + " of " + operand.type() + " stays in Calque");
            }
            boolean fits = type.kind() != TypeKind.DECIMAL || operand.type().scale() <= type.scale();
            if (!fits) {
                throw new Refused(name + " of numbers with more digits than their common type stays in Calque");
            }
            parts.add(
                    type.kind() == TypeKind.VARCHAR
                            ? texts.ordered(operand)
                            : dialect.exact(operand).sql());
            nullable &= operand.nullable();
        }
        Expr extreme = Expr.atom(type, nullable, name + "(", Sql.joined(", ", parts), ")");
        return type.kind() == TypeKind.VARCHAR ? extreme.formed(Form.BINARY) : extreme;
    }

    private Expr arithmetic(RexCall call, Translator operands, String sign, Level level) {
        Expr left = number(operands.operand(call, 0));
        Expr right = number(operands.operand(call, 1));
        DataType type = Translator.type(call.getType());
        if (left.isApproximate() != right.isApproximate()) {
            throw new Refused("arithmetic of exact with approximate numbers stays in Calque");
        }
        // The right side of a difference or quotient binds one level tighter.
        Sql second = right.at(level == Level.SUM ? Level.PRODUCT : Level.ATOM);
        return Expr.of(Sql.of(left.at(level), sign, second), level, type, left.nullable() || right.nullable());
    }

    private Expr plus(RexCall call, Translator operands) {
        if (SqlTypeUtil.isInterval(call.getOperands().get(1).getType())) {
            return times.shifted(call, operands, 1);
        }
        return arithmetic(call, operands, " + ", Level.SUM);
    }

    private Expr minus(RexCall call, Translator operands) {
        if (call.getOperands().size() == 2
                && SqlTypeUtil.isInterval(call.getOperands().get(1).getType())) {
            return times.shifted(call, operands, -1);
        }
        if (SqlTypeUtil.isInterval(call.getType())) {
            throw new Refused("differences of dates stay in Calque");
        }
        return arithmetic(call, operands, " - ", Level.SUM);
    }

    private Expr times(RexCall call, Translator operands) {
        Expr product = arithmetic(call, operands, " * ", Level.PRODUCT);
        if (product.isApproximate()) {
            throw new Refused("PostgreSQL raises an error where a product of doubles becomes too small");
        }
        DataType type = product.type();
        int digits = operands.operand(call, 0).type().scale()
                + operands.operand(call, 1).type().scale();
        if (type.kind() == TypeKind.DECIMAL && digits > type.scale()) {
            throw new Refused("the product has more fractional digits than its type keeps");
        }
        return product;
    }

    private Expr divide(RexCall call, Translator operands) {
        Expr left = number(operands.operand(call, 0));
        Expr right = number(operands.operand(call, 1));
        DataType type = Translator.type(call.getType());
        if (type.kind() == TypeKind.REAL || type.kind() == TypeKind.DOUBLE) {
            throw new Refused("PostgreSQL raises an error where a quotient of doubles becomes too small");
        }
        if (type.kind() == TypeKind.DECIMAL && left.type().scale() > type.scale()) {
            throw new Refused("the quotient has fewer fractional digits than its dividend");
        }
        if (type.kind() != TypeKind.DECIMAL) {
            return arithmetic(call, operands, " / ", Level.PRODUCT);
        }
        if (left.isApproximate() || right.isApproximate()) {
            throw new Refused("arithmetic of exact with approximate numbers stays in Calque");
        }
        int divisorDigits =
                right.type().kind() == TypeKind.DECIMAL ? right.type().precision() : 19;
        return quotient(left, right, type, divisorDigits);
    }

    /**
     * The quotient rounded half up at the type's scale. PostgreSQL rounds a quotient at a scale of its own; a divisor with as many
     * fractional digits more as it has digits makes that scale so fine that the first rounding cannot reach a tie of the second.
     */
    static Expr quotient(Expr dividend, Expr divisor, DataType type, int divisorDigits) {
        int fine = type.scale() + divisorDigits;
        return Expr.atom(
                type,
                dividend.nullable() || divisor.nullable(),
                "ROUND(",
                dividend.at(Level.PRODUCT),
                " / CAST(",
                divisor.sql(),
                " AS numeric(" + (divisorDigits + fine) + ", " + fine + ")), " + type.scale() + ")");
    }

    private Expr mod(RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        Expr left = number(operands.operand(call, 0));
        Expr right = number(operands.operand(call, 1));
        boolean whole = isInteger(left.type()) && isInteger(right.type()) && isInteger(type);
        int scale = Math.max(left.type().scale(), right.type().scale());
        boolean exact = left.type().isExactNumeric()
                && right.type().isExactNumeric()
                && type.kind() == TypeKind.DECIMAL
                && type.scale() >= scale;
        if (!whole && !exact) {
            throw new Refused("remainders of " + type + " stay in Calque");
        }
        return Expr.of(
                Sql.of(left.at(Level.PRODUCT), " % ", right.at(Level.ATOM)),
                Level.PRODUCT,
                type,
                left.nullable() || right.nullable());
    }

    private static boolean isInteger(DataType type) {
        return type.isExactNumeric() && type.kind() != TypeKind.DECIMAL;
    }

    private Expr negated(RexCall call, Translator operands) {
        Expr operand = number(operands.operand(call, 0));
        return Expr.of(
                Sql.of("- ", operand.at(Level.ATOM)),
                Level.PRODUCT,
                Translator.type(call.getType()),
                operand.nullable());
    }
}
