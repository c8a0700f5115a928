package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Arithmetic, functions and casts of PostgreSQL that give what the engine's give. */
final class PostgresFunctions {
    private static final Set<TimeUnitRange> DATE_FIELDS = Set.of(
            TimeUnitRange.YEAR, TimeUnitRange.QUARTER, TimeUnitRange.MONTH, TimeUnitRange.DAY, TimeUnitRange.DOY);
    private static final Set<TimeUnitRange> TIME_FIELDS = Set.of(TimeUnitRange.HOUR, TimeUnitRange.MINUTE);
    private static final Set<TimeUnitRange> FLOORS = Set.of(
            TimeUnitRange.YEAR,
            TimeUnitRange.QUARTER,
            TimeUnitRange.MONTH,
            TimeUnitRange.DAY,
            TimeUnitRange.HOUR,
            TimeUnitRange.MINUTE,
            TimeUnitRange.SECOND);
    private static final long MILLIS_IN_DAY = 86_400_000L;

    private final PostgresDialect dialect;

    PostgresFunctions(PostgresDialect dialect) {
        this.dialect = dialect;
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
            case EXTRACT -> extract(call, operands);
            case FLOOR, CEIL -> floor(call, operands);
            case LIKE -> like(call, operands);
            case TRIM -> trim(call, operands);
            default -> named(call, operands);
        };
    }

    private Expr named(RexCall call, Translator operands) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "||" -> concatenation(call, operands);
            case "SUBSTRING" -> substring(call, operands);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> {
                Expr text = text(operands.operand(call, 0));
                yield Expr.atom(DataType.INTEGER, text.nullable(), "CHAR_LENGTH(", text.sql(), ")")
                        .as(Translator.type(call.getType()));
            }
            case "POSITION" -> {
                if (call.getOperands().size() != 2) {
                    throw unsaid(call);
                }
                Expr part = text(operands.operand(call, 0));
                Expr whole = text(operands.operand(call, 1));
                yield Expr.atom(
                        Translator.type(call.getType()),
                        part.nullable() || whole.nullable(),
                        "POSITION(",
                        part.at(Level.ATOM),
                        " IN ",
                        whole.at(Level.ATOM),
                        ")");
            }
            case "REPLACE" -> {
                List<Sql> parts = new ArrayList<>();
                boolean nullable = false;
                for (int i = 0; i < 3; i++) {
                    Expr part = text(operands.operand(call, i));
                    parts.add(part.sql());
                    nullable |= part.nullable();
                }
                yield Expr.atom(DataType.VARCHAR, nullable, "REPLACE(", Sql.joined(", ", parts), ")");
            }
            case "ABS" -> {
                Expr number = number(operands.operand(call, 0));
                yield Expr.atom(number.type(), number.nullable(), "ABS(", number.sql(), ")");
            }
            default -> throw unsaid(call);
        };
    }

    private static Refused unsaid(RexCall call) {
        return new Refused("PostgreSQL is not asked for " + call.getOperator().getName());
    }

    private Expr number(Expr operand) {
        if (!operand.type().isNumeric() || operand.type().kind() == TypeKind.REAL) {
            throw new Refused("arithmetic on " + operand.type() + " stays in Calque");
        }
        return dialect.exact(operand);
    }

    private Expr text(Expr operand) {
        if (!operand.isText()) {
            throw new Refused("text functions on " + operand.type() + " stay in Calque");
        }
        return dialect.exact(operand);
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
            return shifted(call, operands, 1);
        }
        return arithmetic(call, operands, " + ", Level.SUM);
    }

    private Expr minus(RexCall call, Translator operands) {
        if (call.getOperands().size() == 2
                && SqlTypeUtil.isInterval(call.getOperands().get(1).getType())) {
            return shifted(call, operands, -1);
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
        if (!whole) {
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

    /** A date or timestamp and a constant interval: both calendars end a month on its last day. */
    private Expr shifted(RexCall call, Translator operands, int direction) {
        RexLiteral interval = operands.literalOperand(call, 1);
        if (interval == null || interval.isNull()) {
            throw new Refused("intervals that are not constant stay in Calque");
        }
        Expr moment = dialect.exact(operands.operand(call, 0));
        DataType type = Translator.type(call.getType());
        if (type.kind() == TypeKind.TIMESTAMP_TZ
                || moment.type().kind() != type.kind()
                || type.kind() == TypeKind.TIME) {
            throw new Refused("intervals on " + moment.type() + " stay in Calque");
        }
        long amount = Literals.number(interval)
                .multiply(BigDecimal.valueOf(direction))
                .longValueExact();
        boolean months =
                SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
        Optional<RexLiteral> day = moment.literal().filter(l -> type.kind() == TypeKind.DATE && !l.isNull());
        if (day.isPresent() && (months || amount % MILLIS_IN_DAY == 0)) {
            LocalDate date = LocalDate.parse(Literals.date(day.get()));
            LocalDate moved = months ? date.plusMonths(amount) : date.plusDays(amount / MILLIS_IN_DAY);
            return Expr.of(Sql.of("DATE '" + moved + "'"), Level.ATOM, type, false);
        }
        if (type.kind() == TypeKind.DATE && !months) {
            if (amount % MILLIS_IN_DAY != 0) {
                throw new Refused("a part of a day on a date stays in Calque");
            }
            long days = amount / MILLIS_IN_DAY;
            return Expr.of(
                    Sql.of(moment.at(Level.SUM), days < 0 ? " - " + -days : " + " + days),
                    Level.SUM,
                    type,
                    moment.nullable());
        }
        String unit = months ? " months'" : " milliseconds'";
        Sql sum = Sql.of(moment.at(Level.SUM), (amount < 0 ? " - " : " + ") + "INTERVAL '" + Math.abs(amount) + unit);
        return type.kind() == TypeKind.DATE
                ? Expr.atom(type, moment.nullable(), "CAST(", sum, " AS date)")
                : Expr.of(sum, Level.SUM, type, moment.nullable());
    }

    private Expr extract(RexCall call, Translator operands) {
        TimeUnitRange field = unit(call.getOperands().get(0));
        // No field that is offered depends on fractions of a second.
        Expr moment = operands.operand(call, 1);
        boolean known = field != null
                && switch (moment.type().kind()) {
                    case DATE -> DATE_FIELDS.contains(field);
                    case TIMESTAMP -> DATE_FIELDS.contains(field) || TIME_FIELDS.contains(field);
                    default -> false;
                };
        if (!known) {
            throw new Refused("EXTRACT(" + field + ") from " + moment.type() + " stays in Calque");
        }
        return Expr.atom(
                Translator.type(call.getType()),
                moment.nullable(),
                "CAST(EXTRACT(" + field + " FROM ",
                moment.sql(),
                ") AS bigint)");
    }

    private static @Nullable TimeUnitRange unit(RexNode node) {
        return node instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
    }

    /** FLOOR(x TO unit), and FLOOR and CEIL of numbers. */
    private Expr floor(RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        String name = call.getOperator().getName();
        if (call.getOperands().size() == 1) {
            Expr number = number(operands.operand(call, 0));
            if (number.type().kind() != TypeKind.DECIMAL || type.kind() != TypeKind.DECIMAL) {
                throw new Refused(name + " of " + number.type() + " stays in Calque");
            }
            return Expr.atom(type, number.nullable(), name + "(", number.sql(), ")");
        }
        TimeUnitRange unit = unit(call.getOperands().get(1));
        Expr moment = operands.operand(call, 0);
        boolean zoneless =
                moment.type().kind() == TypeKind.DATE || moment.type().kind() == TypeKind.TIMESTAMP;
        if (unit == null
                || !FLOORS.contains(unit)
                || !zoneless
                || !name.equals("FLOOR")
                || type.kind() != moment.type().kind()) {
            throw new Refused(name + " of " + moment.type() + " to " + unit + " stays in Calque");
        }
        String cut = "date_trunc('" + unit.name().toLowerCase(Locale.ROOT) + "', ";
        // Of a date PostgreSQL would make a timestamp with time zone.
        return moment.type().kind() == TypeKind.DATE
                ? Expr.atom(type, moment.nullable(), "CAST(" + cut + "CAST(", moment.sql(), " AS timestamp)) AS date)")
                : Expr.atom(type, moment.nullable(), cut, moment.sql(), ")");
    }

    private Expr like(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        Expr pattern = text(operands.operand(call, 1));
        RexLiteral escape = call.getOperands().size() == 3 ? operands.literalOperand(call, 2) : null;
        boolean unsure = call.getOperands().size() == 3 && (escape == null || escape.isNull());
        if (unsure) {
            throw new Refused("an escape character that is not constant stays in Calque");
        }
        boolean backslashes = pattern.literal()
                .filter(l -> !l.isNull())
                .map(l -> Literals.value(l).contains("\\"))
                .orElse(true);
        if (escape == null && backslashes) {
            throw new Refused("without ESCAPE a backslash in a LIKE pattern can mean two things");
        }
        String escaping = escape == null ? "\\" : Literals.value(escape);
        String clause = escaping.equals("\\") ? "" : " ESCAPE '" + escaping.replace("'", "''") + "'";
        return Expr.condition(
                Level.COMPARISON,
                text.nullable() || pattern.nullable(),
                text.at(Level.CONCATENATION),
                " LIKE ",
                pattern.at(Level.CONCATENATION),
                clause);
    }

    private Expr concatenation(RexCall call, Translator operands) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (RexNode operand : call.getOperands()) {
            Expr part = text(operands.translate(operand));
            // Two constants side by side have no type that says which || is meant.
            parts.add(part.isConstant() ? Sql.of("CAST(", part.sql(), " AS text)") : part.at(Level.ATOM));
            nullable |= part.nullable();
        }
        return Expr.of(Sql.joined(" || ", parts), Level.CONCATENATION, DataType.VARCHAR, nullable);
    }

    private Expr substring(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        Expr from = number(operands.operand(call, 1));
        Optional<Expr> length =
                call.getOperands().size() == 3 ? Optional.of(number(operands.operand(call, 2))) : Optional.empty();
        boolean safe = length.isEmpty()
                || length.get()
                        .literal()
                        .filter(l -> !l.isNull() && Literals.number(l).signum() >= 0)
                        .isPresent();
        if (!safe) {
            throw new Refused("SUBSTRING of a length that may be negative is an error, which Calque raises");
        }
        boolean whole = isInteger(from.type())
                && length.filter(l -> !isInteger(l.type())).isEmpty();
        boolean narrow = from.type().kind() != TypeKind.BIGINT
                && length.filter(l -> l.type().kind() == TypeKind.BIGINT).isEmpty();
        if (!whole || !narrow) {
            throw new Refused("SUBSTRING at a position of type " + from.type() + " stays in Calque");
        }
        return Expr.atom(
                DataType.VARCHAR,
                text.nullable() || from.nullable() || length.map(Expr::nullable).orElse(false),
                "SUBSTRING(",
                text.sql(),
                " FROM ",
                from.sql(),
                length.map(l -> Sql.of(" FOR ", l.sql())).orElse(Sql.of("")),
                ")");
    }

    private Expr trim(RexCall call, Translator operands) {
        RexLiteral side = operands.literalOperand(call, 0);
        if (side == null) {
            throw unsaid(call);
        }
        Expr characters = text(operands.operand(call, 1));
        Expr text = text(operands.operand(call, 2));
        SqlTrimFunction.Flag flag = side.getValueAs(SqlTrimFunction.Flag.class);
        return Expr.atom(
                DataType.VARCHAR,
                characters.nullable() || text.nullable(),
                "TRIM(" + flag + " ",
                characters.sql(),
                " FROM ",
                text.sql(),
                ")");
    }
}
