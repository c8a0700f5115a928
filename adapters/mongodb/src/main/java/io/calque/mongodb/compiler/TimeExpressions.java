package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ServerFeature;
import io.calque.spi.type.TypeKind;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Says parts of dates, and their beginnings. A BSON date is milliseconds in UTC, as our wall clock is, so that beginnings are found by
 * subtraction on every server: {@code $dateTrunc} came late. Single-threaded.
 */
final class TimeExpressions {
    private static final Map<TimeUnitRange, String> PARTS = Map.of(
            TimeUnitRange.YEAR, "$year",
            TimeUnitRange.MONTH, "$month",
            TimeUnitRange.DAY, "$dayOfMonth",
            TimeUnitRange.HOUR, "$hour",
            TimeUnitRange.MINUTE, "$minute");
    private static final long MINUTE = 60_000L;
    private static final long DAY = 86_400_000L;
    private static final BsonValue EPOCH = new BsonDateTime(0);

    private final ExpressionTranslator expressions;
    private final Features features;

    TimeExpressions(ExpressionTranslator expressions, Features features) {
        this.expressions = expressions;
        this.features = features;
    }

    /** EXTRACT. */
    BsonValue part(RexCall call) {
        TimeUnitRange unit = ((RexLiteral) call.getOperands().get(0)).getValueAs(TimeUnitRange.class);
        String name = "EXTRACT(" + unit + ")";
        BsonValue day = clock(call.getOperands().get(1), name);
        if (unit == null) {
            throw new Refused("MongoDB is not asked for " + name);
        }
        if (PARTS.containsKey(unit)) {
            return Bson.of(PARTS.get(unit), day);
        }
        features.require(ServerFeature.DATE_ARITHMETIC);
        return switch (unit) {
            case QUARTER -> {
                features.require(ServerFeature.REMAINDERS);
                BsonValue months = Bson.call("$add", Bson.of("$month", day), new BsonInt32(2));
                yield Bson.of("$trunc", Bson.call("$divide", months, new BsonInt32(3)));
            }
            case DOY -> Bson.of("$dayOfYear", day);
            // Sunday is 1 there and 0 here.
            case DOW -> Bson.call("$subtract", weekday(day), new BsonInt32(1));
            case ISODOW -> Bson.call("$add", sinceMonday(day), new BsonInt32(1));
            case WEEK -> iso("$isoWeek", day);
            case ISOYEAR -> iso("$isoWeekYear", day);
            case SECOND -> scaled(ofMinute(day), "0.001");
            case MILLISECOND -> scaled(ofMinute(day), "1.000");
            case MICROSECOND -> Bson.call("$multiply", ofMinute(day), new BsonInt32(1000));
            case EPOCH -> scaled(Bson.call("$subtract", day, EPOCH), "0.001");
            default -> throw new Refused("MongoDB is not asked for " + name);
        };
    }

    private BsonValue iso(String word, BsonValue day) {
        features.require(ServerFeature.ISO_WEEKS);
        return Bson.of(word, day);
    }

    private static BsonValue scaled(BsonValue millis, String unit) {
        return Bson.call("$multiply", millis, new BsonDecimal128(Decimal128.parse(unit)));
    }

    private BsonValue ofMinute(BsonValue clock) {
        return sinceBeginning(clock, MINUTE);
    }

    private BsonValue sinceMonday(BsonValue day) {
        features.require(ServerFeature.REMAINDERS);
        return Bson.call("$mod", Bson.call("$add", weekday(day), new BsonInt32(5)), new BsonInt32(7));
    }

    private BsonValue weekday(BsonValue day) {
        features.require(ServerFeature.WEEKDAYS);
        return Bson.of("$dayOfWeek", day);
    }

    /** Milliseconds since the last beginning of a unit; the remainder is negative before 1970. */
    private BsonValue sinceBeginning(BsonValue clock, long unit) {
        features.require(ServerFeature.REMAINDERS);
        BsonValue length = new BsonInt32((int) unit);
        BsonValue rest = Bson.call("$mod", Bson.call("$subtract", clock, EPOCH), length);
        return Bson.call("$mod", Bson.call("$add", rest, length), length);
    }

    /** {@code FLOOR(x TO MONTH)}, which DATE_TRUNC and casts to DATE are. */
    BsonValue beginning(RexCall floor) {
        TimeUnitRange unit = ((RexLiteral) floor.getOperands().get(1)).getValueAs(TimeUnitRange.class);
        String name = "FLOOR(.. TO " + unit + ")";
        return beginning(clock(floor.getOperands().get(0), name), Optional.ofNullable(unit), name);
    }

    BsonValue midnight(RexNode timestamp) {
        return beginning(clock(timestamp, "CAST to DATE"), Optional.of(TimeUnitRange.DAY), "CAST to DATE");
    }

    private BsonValue beginning(BsonValue clock, Optional<TimeUnitRange> unit, String name) {
        features.require(ServerFeature.DATE_ARITHMETIC);
        TimeUnitRange known = unit.orElseThrow(() -> new Refused("MongoDB is not asked for " + name));
        return switch (known) {
            case SECOND -> before(clock, sinceBeginning(clock, 1000L));
            case MINUTE -> before(clock, sinceBeginning(clock, MINUTE));
            case HOUR -> before(clock, sinceBeginning(clock, 60 * MINUTE));
            case DAY -> before(clock, sinceBeginning(clock, DAY));
            case WEEK -> before(clock, days(clock, sinceMonday(clock)));
            case MONTH ->
                before(clock, days(clock, Bson.call("$subtract", Bson.of("$dayOfMonth", clock), new BsonInt32(1))));
            case YEAR ->
                before(clock, days(clock, Bson.call("$subtract", Bson.of("$dayOfYear", clock), new BsonInt32(1))));
            default -> throw new Refused("MongoDB is not asked for " + name);
        };
    }

    private static BsonValue before(BsonValue clock, BsonValue millis) {
        return Bson.call("$subtract", clock, millis);
    }

    /** So many days, and what has passed of this one. */
    private BsonValue days(BsonValue clock, BsonValue days) {
        return Bson.call("$add", Bson.call("$multiply", days, new BsonInt64(DAY)), sinceBeginning(clock, DAY));
    }

    private BsonValue clock(RexNode operand, String name) {
        TypeKind kind = Literals.type(operand.getType()).kind();
        if (kind != TypeKind.DATE && kind != TypeKind.TIMESTAMP) {
            throw new Refused("MongoDB is not asked for " + name + " of " + Literals.type(operand.getType()));
        }
        if (operand instanceof RexInputRef ref) {
            FieldUse.requireEquality(expressions.field(ref));
        }
        return expressions.value(operand);
    }
}
