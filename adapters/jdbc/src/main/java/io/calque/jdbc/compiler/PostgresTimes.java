package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Dates and times in PostgreSQL, where the session's time zone has no part in them. */
final class PostgresTimes {
    static final String[] NAMES = {"EXTRACT", "DAYS_BETWEEN", "ADD_DAYS", "TO_CHAR"};

    private static final Set<TimeUnitRange> DATE_FIELDS = EnumSet.of(
            TimeUnitRange.YEAR,
            TimeUnitRange.ISOYEAR,
            TimeUnitRange.QUARTER,
            TimeUnitRange.MONTH,
            TimeUnitRange.WEEK,
            TimeUnitRange.DAY,
            TimeUnitRange.DOY,
            TimeUnitRange.DOW,
            TimeUnitRange.ISODOW,
            TimeUnitRange.DECADE,
            TimeUnitRange.CENTURY,
            TimeUnitRange.MILLENNIUM);
    private static final Set<TimeUnitRange> TIME_FIELDS = EnumSet.of(TimeUnitRange.HOUR, TimeUnitRange.MINUTE);
    private static final Set<TimeUnitRange> FRACTIONS =
            EnumSet.of(TimeUnitRange.SECOND, TimeUnitRange.MILLISECOND, TimeUnitRange.MICROSECOND, TimeUnitRange.EPOCH);
    private static final Set<TimeUnitRange> FLOORS = EnumSet.of(
            TimeUnitRange.YEAR,
            TimeUnitRange.QUARTER,
            TimeUnitRange.MONTH,
            TimeUnitRange.WEEK,
            TimeUnitRange.DAY,
            TimeUnitRange.HOUR,
            TimeUnitRange.MINUTE,
            TimeUnitRange.SECOND,
            TimeUnitRange.CENTURY,
            TimeUnitRange.MILLENNIUM);
    private static final long MILLIS_IN_DAY = 86_400_000L;

    /** Patterns that mean the same on both sides, between signs that stand for themselves. */
    private static final Pattern FORMAT = Pattern.compile("(YYYY|MM|DD|HH24|MI|SS|[-/:., ])+");

    /** Runs of letters that PostgreSQL reads as another pattern. */
    private static final Pattern OTHER = Pattern.compile("YYYYY|DDD|SSS|MMM");

    private final PostgresDialect dialect;

    PostgresTimes(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    Expr named(String name, RexCall call, Translator operands) {
        Expr first = operands.operand(call, 0);
        Expr second = operands.operand(call, 1);
        boolean nullable = first.nullable() || second.nullable();
        DataType type = Translator.type(call.getType());
        if (name.equals("TO_CHAR")) {
            return format(first, second);
        }
        boolean days = name.equals("DAYS_BETWEEN");
        boolean known = first.type().kind() == TypeKind.DATE
                && (days
                        ? second.type().kind() == TypeKind.DATE
                        : second.type().kind() == TypeKind.INTEGER
                                || second.type().kind() == TypeKind.SMALLINT);
        if (!known) {
            throw new Refused(name + " of " + first.type() + " and " + second.type() + " stays in Calque");
        }
        Sql sql = Sql.of(
                dialect.exact(first).at(Level.SUM),
                days ? " - " : " + ",
                dialect.exact(second).at(Level.PRODUCT));
        return Expr.of(sql, Level.SUM, type, nullable);
    }

    private Expr format(Expr moment, Expr format) {
        String pattern = format.literal()
                .filter(l -> !Literals.isNull(l))
                .map(Literals::value)
                .orElse("");
        boolean same =
                FORMAT.matcher(pattern).matches() && !OTHER.matcher(pattern).find();
        if (!same || moment.type().kind() != TypeKind.TIMESTAMP) {
            throw new Refused("TO_CHAR with other patterns than YYYY MM DD HH24 MI SS stays in Calque");
        }
        return Expr.atom(DataType.VARCHAR, moment.nullable(), "to_char(", moment.sql(), ", '" + pattern + "')");
    }

    /** A date or timestamp and a constant interval: both calendars end a month on its last day. */
    Expr shifted(RexCall call, Translator operands, int direction) {
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

    Expr extract(RexCall call, Translator operands) {
        TimeUnitRange field = unit(call.getOperands().get(0));
        Expr moment = operands.operand(call, 1);
        TypeKind kind = moment.type().kind();
        boolean fraction = field != null && FRACTIONS.contains(field);
        boolean known = field != null
                && switch (kind) {
                    case DATE -> DATE_FIELDS.contains(field) || field == TimeUnitRange.EPOCH;
                    case TIMESTAMP -> DATE_FIELDS.contains(field) || TIME_FIELDS.contains(field) || fraction;
                    case TIME -> TIME_FIELDS.contains(field) || fraction && field != TimeUnitRange.EPOCH;
                    // Every other field depends on the session's time zone.
                    case TIMESTAMP_TZ -> field == TimeUnitRange.EPOCH;
                    default -> false;
                };
        if (!known) {
            throw new Refused("EXTRACT(" + field + ") from " + moment.type() + " stays in Calque");
        }
        // Only fractions of a second depend on what is cut from them.
        Expr read = fraction ? dialect.exact(moment) : moment;
        return Expr.atom(
                Translator.type(call.getType()),
                moment.nullable(),
                "CAST(EXTRACT(" + field + " FROM ",
                read.sql(),
                ") AS " + PostgresDialect.name(Translator.type(call.getType())) + ")");
    }

    private static @Nullable TimeUnitRange unit(RexNode node) {
        return node instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
    }

    /** FLOOR(x TO unit). */
    Expr floor(RexCall call, Translator operands) {
        DataType type = Translator.type(call.getType());
        String name = call.getOperator().getName();
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
}
