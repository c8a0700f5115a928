package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Chooses our function for standard operators on dates, times, timestamps and intervals. Immutable, thread-safe. */
final class TimeLowering {
    private static final Set<String> FRACTIONS = Set.of("SECOND", "MILLISECOND", "EPOCH");

    private static final EngineFunction PART = time("partOfTimestamp");
    private static final EngineFunction FRACTION = time("fractionOfTimestamp");
    private static final EngineFunction PART_OF_DAYS = time("partOfDayInterval");
    private static final EngineFunction FRACTION_OF_DAYS = time("fractionOfDayInterval");
    private static final EngineFunction PART_OF_MONTHS = time("partOfMonthInterval");
    private static final EngineFunction FLOOR_DATE = time("floorDate");
    private static final EngineFunction FLOOR_TIME = time("floorTime");
    private static final EngineFunction FLOOR_TIMESTAMP = time("floorTimestamp");
    private static final EngineFunction FLOOR_INSTANT = time("floorInstant");
    private static final EngineFunction DATE_PLUS_MONTHS = time("addMonthsToDate");
    private static final EngineFunction TIMESTAMP_PLUS_MONTHS = time("addMonthsToTimestamp");
    private static final EngineFunction INSTANT_PLUS_MONTHS = time("addMonthsToInstant");
    private static final EngineFunction DATE_PLUS_MILLIS = time("addMillisToDate");
    private static final EngineFunction TIME_PLUS_MILLIS = time("addMillisToTime");
    private static final EngineFunction PLUS_MILLIS = time("addMillis");
    private static final EngineFunction INSTANT_PLUS_DAYS = time("addDaysToInstant");
    private static final EngineFunction MILLIS_BETWEEN = time("millisBetween");
    private static final EngineFunction MONTHS_BETWEEN = time("monthsBetween");
    private static final EngineFunction NEGATE = strict(IntegerFunctions.class, "negateBigint");
    private static final EngineFunction DATE_TO_TIMESTAMP = strict(TimeCasts.class, "dateToTimestamp");
    private static final EngineFunction INSTANT_TO_TIMESTAMP = strict(TimeCasts.class, "instantToTimestamp");
    private static final EngineFunction INTERVAL_TO_TEXT = strict(IntervalText.class, "dayIntervalToText");
    private static final EngineFunction MONTHS_TO_TEXT = strict(IntervalText.class, "monthIntervalToText");

    private TimeLowering() {}

    private static EngineFunction time(String method) {
        return strict(TimeFunctions.class, method);
    }

    /** {@code call} with our function; null where no date or time takes part. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall call) {
        if (call.getKind() == SqlKind.EXTRACT) {
            return extract(rexBuilder, call);
        }
        boolean floor = call.getOperator() == SqlStdOperatorTable.FLOOR;
        if ((floor || call.getOperator() == SqlStdOperatorTable.CEIL)
                && call.getOperands().size() == 2) {
            RexNode start = floor(
                    rexBuilder,
                    unit(call.getOperands().get(1)),
                    call.getOperands().get(0),
                    call.getType());
            return floor || start == null ? start : null;
        }
        boolean dateTime = !call.getOperands().isEmpty()
                && isDateTime(call.getOperands().get(0).getType());
        if (dateTime && call.getKind() == SqlKind.PLUS) {
            return plus(rexBuilder, call, call.getOperands().get(1));
        }
        if (dateTime && call.getKind() == SqlKind.MINUS && call.getOperands().size() == 2) {
            RexNode right = call.getOperands().get(1);
            return isDateTime(right.getType())
                    ? difference(rexBuilder, call)
                    : plus(rexBuilder, call, NEGATE.call(rexBuilder, right.getType(), right));
        }
        return null;
    }

    /** An interval as PostgreSQL writes it. */
    static @Nullable RexNode intervalToText(RexBuilder rexBuilder, RexNode value, RelDataType text) {
        if (SqlTypeName.DAY_INTERVAL_TYPES.contains(value.getType().getSqlTypeName())) {
            return INTERVAL_TO_TEXT.call(rexBuilder, text, value);
        }
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(value.getType().getSqlTypeName())
                ? MONTHS_TO_TEXT.call(rexBuilder, text, value)
                : null;
    }

    private static @Nullable RexNode extract(RexBuilder rexBuilder, RexCall call) {
        String unit = unit(call.getOperands().get(0));
        RexNode value = call.getOperands().get(1);
        RexNode name = rexBuilder.makeLiteral(unit);
        SqlTypeName type = value.getType().getSqlTypeName();
        boolean fraction = FRACTIONS.contains(unit);
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type)) {
            return PART_OF_MONTHS.call(rexBuilder, call.getType(), name, value);
        }
        if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type)) {
            return (fraction ? FRACTION_OF_DAYS : PART_OF_DAYS).call(rexBuilder, call.getType(), name, value);
        }
        // EPOCH counts from the instant itself; every other part is read off the session's clock.
        RexNode clock = unit.equals("EPOCH") && type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                ? value
                : wallClock(rexBuilder, value);
        return (fraction ? FRACTION : PART).call(rexBuilder, call.getType(), name, clock);
    }

    private static @Nullable RexNode floor(RexBuilder rexBuilder, String unit, RexNode value, RelDataType type) {
        EngineFunction function = switch (value.getType().getSqlTypeName()) {
            case DATE -> FLOOR_DATE;
            case TIME -> FLOOR_TIME;
            case TIMESTAMP -> FLOOR_TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> FLOOR_INSTANT;
            default -> null;
        };
        return function == null ? null : function.call(rexBuilder, type, rexBuilder.makeLiteral(unit), value);
    }

    private static @Nullable RexNode plus(RexBuilder rexBuilder, RexCall call, RexNode interval) {
        RexNode value = call.getOperands().get(0);
        RelDataType type = call.getType();
        boolean months =
                SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
        if (!months
                && !SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())) {
            return null;
        }
        // A DATE plus hours is a TIMESTAMP.
        if (type.getSqlTypeName() == SqlTypeName.TIMESTAMP && value.getType().getSqlTypeName() == SqlTypeName.DATE) {
            value = DATE_TO_TIMESTAMP.call(rexBuilder, type, value);
        }
        EngineFunction function = switch (type.getSqlTypeName()) {
            case DATE -> months ? DATE_PLUS_MONTHS : DATE_PLUS_MILLIS;
            case TIME -> months ? null : TIME_PLUS_MILLIS;
            case TIMESTAMP -> months ? TIMESTAMP_PLUS_MONTHS : PLUS_MILLIS;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                months
                        ? INSTANT_PLUS_MONTHS
                        : interval.getType().getSqlTypeName() == SqlTypeName.INTERVAL_DAY
                                ? INSTANT_PLUS_DAYS
                                : PLUS_MILLIS;
            default -> null;
        };
        return function == null ? null : function.call(rexBuilder, type, value, interval);
    }

    private static RexNode difference(RexBuilder rexBuilder, RexCall call) {
        List<RexNode> clocks =
                call.getOperands().stream().map(o -> wallClock(rexBuilder, o)).toList();
        boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(call.getType().getSqlTypeName());
        return (months ? MONTHS_BETWEEN : MILLIS_BETWEEN)
                .call(rexBuilder, call.getType(), clocks.get(0), clocks.get(1));
    }

    /** DATE and TIMESTAMP_TZ as TIMESTAMP, in the session's time zone; TIME as milliseconds. */
    private static RexNode wallClock(RexBuilder rexBuilder, RexNode value) {
        RelDataType timestamp = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP),
                        value.getType().isNullable());
        return switch (value.getType().getSqlTypeName()) {
            case DATE -> DATE_TO_TIMESTAMP.call(rexBuilder, timestamp, value);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> INSTANT_TO_TIMESTAMP.call(rexBuilder, timestamp, value);
            default -> value;
        };
    }

    private static boolean isDateTime(RelDataType type) {
        return SqlTypeUtil.isDatetime(type);
    }

    private static String unit(RexNode flag) {
        TimeUnitRange range = ((RexLiteral) flag).getValueAs(TimeUnitRange.class);
        if (range == null) {
            throw new IllegalStateException("no unit of time in " + flag);
        }
        return range.name();
    }
}
