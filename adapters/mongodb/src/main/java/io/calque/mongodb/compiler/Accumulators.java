package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.ImmutableBitSet;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Says aggregate functions as accumulators. Where MongoDB's differ from SQL's, a second one stands beside:
 * {@code $sum} of nothing is 0 and not NULL. Single-threaded, used once.
 */
final class Accumulators {
    private static final BsonInt32 ONE = new BsonInt32(1);
    private static final BsonInt32 ZERO = new BsonInt32(0);
    private static final BsonDouble NAN = new BsonDouble(Double.NaN);
    /** Adding it makes a decimal of an integer, and the sum of decimals exact where a sum of integers overflows. */
    private static final BsonValue DECIMAL_ZERO = new BsonDecimal128(Decimal128.parse("0"));
    /** Of a single value: a billion such values have 34 digits. */
    private static final int SAFE_DIGITS = 25;

    private static final int MAX_GUARDED_SCALE = 12;

    private final Draft input;
    private final Accumulated stage;
    private final Rows rows;

    /** Whether a group or frame has rows. */
    enum Rows {
        SOME,
        /** The group of all rows, even where there is none; a frame beside its row. */
        MAYBE_NONE;

        static Rows of(Aggregate aggregate) {
            return aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty) ? MAYBE_NONE : SOME;
        }
    }

    Accumulators(Draft input, Accumulated stage, Rows rows) {
        this.input = input;
        this.stage = stage;
        this.rows = rows;
    }

    void add(NativeQuery.Column column, AggregateCall call) {
        String function = call.getAggregation().getName().toUpperCase(Locale.ROOT);
        if (call.isApproximate() || !call.getCollation().getFieldCollations().isEmpty()) {
            throw new Refused("MongoDB is not asked for " + call);
        }
        List<Field> arguments =
                call.getArgList().stream().map(input.fields()::get).toList();
        arguments.forEach(FieldUse::requireReadable);
        Optional<BsonValue> filter = isTrue(call.filterArg, input);
        switch (function) {
            case "COUNT" -> addCount(column, arguments, filter);
            case "SUM" -> addSum(column, arguments.get(0), filter, WhenNothing.NULL);
            case "$SUM0", "SUM0" -> addSum(column, arguments.get(0), filter, WhenNothing.ZERO);
            case "MIN", "MAX" -> addExtreme(column, arguments.get(0), filter, "$" + function.toLowerCase(Locale.ROOT));
            case "LITERAL_AGG" -> addLiteral(column, call);
            case "AVG" ->
                throw new Refused(
                        "AVG: MongoDB rounds to 34 digits, and the scale differs; SUM and COUNT are asked for");
            default -> throw new Refused("MongoDB is not asked for " + function);
        }
    }

    /** What FILTER asks of a row; empty where there is none. */
    static Optional<BsonValue> isTrue(int filter, Draft input) {
        return filter < 0
                ? Optional.empty()
                : Optional.of(
                        Bson.call("$eq", input.fields().get(filter).source().expression(), BsonBoolean.TRUE));
    }

    /** The value where the condition holds, null elsewhere. */
    static BsonValue where(Optional<BsonValue> filter, BsonValue value) {
        return filter.isPresent() ? Bson.cond(filter.get(), value, BsonNull.VALUE) : value;
    }

    /** The planner's mark on a group: a literal, whatever its rows. */
    private void addLiteral(NativeQuery.Column column, AggregateCall call) {
        if (rows == Rows.MAYBE_NONE || !(call.rexList.get(0) instanceof RexLiteral literal)) {
            throw new Refused("MongoDB is not asked for " + call);
        }
        stage.give(computed(column, new Computed(Literals.expression(literal)), Accepts.EXACT));
    }

    private enum WhenNothing {
        NULL,
        ZERO
    }

    private void addCount(NativeQuery.Column column, List<Field> arguments, Optional<BsonValue> filter) {
        FieldSource counted = stage.accumulate(column.name(), "$sum", count(arguments, filter));
        stage.give(computed(column, counted, Accepts.EXACT));
    }

    private static BsonValue count(List<Field> arguments, Optional<BsonValue> filter) {
        List<BsonValue> conditions = new ArrayList<>();
        filter.ifPresent(conditions::add);
        for (Field argument : arguments) {
            if (argument.nullable()) {
                FieldUse.requireNullTestInExpression(argument);
                conditions.add(Bson.isNotNull(argument.source().expression()));
            }
        }
        if (conditions.isEmpty()) {
            return ONE;
        }
        BsonValue all = conditions.size() == 1 ? conditions.get(0) : Bson.call("$and", conditions);
        return Bson.cond(all, ONE, ZERO);
    }

    private void addSum(
            NativeQuery.Column column, Field argument, Optional<BsonValue> filter, WhenNothing whenNothing) {
        FieldUse.requireEquality(argument);
        DataType type = argument.type();
        if (!type.isNumeric() || type.kind() == TypeKind.REAL) {
            throw new Refused("MongoDB is not asked for the sum of " + type);
        }
        BsonValue value = argument.source().expression();
        if (type.kind() == TypeKind.BIGINT) {
            value = Bson.call("$add", value, DECIMAL_ZERO);
        }
        if (type.kind() == TypeKind.DECIMAL) {
            value = guarded(value, type.scale());
        }
        FieldSource sum = stage.accumulate(column.name(), "$sum", where(filter, value));
        boolean mayBeNothing = whenNothing == WhenNothing.NULL
                && (argument.nullable() || filter.isPresent() || rows == Rows.MAYBE_NONE);
        if (!mayBeNothing) {
            stage.give(computed(column, sum, Accepts.EXACT_SUM));
            return;
        }
        FieldSource count = stage.accumulate(column.name() + "#n", "$sum", count(List.of(argument), filter));
        BsonValue orNull = Bson.cond(Bson.call("$gt", count.expression(), ZERO), sum.expression(), BsonNull.VALUE);
        Accepts accepts = type.kind() == TypeKind.DOUBLE ? Accepts.EXACT : Accepts.EXACT_SUM;
        stage.give(computed(column, new Computed(orNull), accepts));
    }

    /**
     * A sum of decimals is exact while no partial sum passes 34 digits. A value so large that a billion of its kind might is
     * replaced by NaN, which makes the sum NaN, which the cursor takes for an error rather than for a number.
     */
    private static BsonValue guarded(BsonValue value, int scale) {
        if (scale > MAX_GUARDED_SCALE) {
            throw new Refused("sums of more than " + MAX_GUARDED_SCALE + " decimals may pass MongoDB's 34 digits");
        }
        BigDecimal bound = BigDecimal.ONE.scaleByPowerOfTen(SAFE_DIGITS - scale);
        BsonValue tooLarge = Bson.call("$gte", value, new BsonDecimal128(new Decimal128(bound)));
        BsonValue tooSmall = Bson.call(
                "$and",
                Bson.call("$lte", value, new BsonDecimal128(new Decimal128(bound.negate()))),
                Bson.isNotNull(value));
        return Bson.cond(Bson.call("$or", tooLarge, tooSmall), new BsonDecimal128(Decimal128.NaN), value);
    }

    private void addExtreme(NativeQuery.Column column, Field argument, Optional<BsonValue> filter, String operator) {
        FieldUse.requireOrder(argument);
        BsonValue value = argument.source().expression();
        if (FieldUse.mayBeNaN(argument)) {
            addFloatingExtreme(column, value, filter, operator);
            return;
        }
        FieldSource extreme = stage.accumulate(column.name(), operator, where(filter, value));
        stage.give(passed(column, extreme, argument));
    }

    /** NaN is the greatest number, as in PostgreSQL; MongoDB takes it for the least. So it is counted apart. */
    private void addFloatingExtreme(
            NativeQuery.Column column, BsonValue value, Optional<BsonValue> filter, String operator) {
        BsonValue isNaN = Bson.call("$eq", value, NAN);
        List<BsonValue> counted = new ArrayList<>();
        filter.ifPresent(counted::add);
        counted.add(isNaN);
        BsonValue number = Bson.cond(isNaN, BsonNull.VALUE, value);
        BsonValue extreme =
                stage.accumulate(column.name(), operator, where(filter, number)).expression();
        BsonValue oneIfNaN = Bson.cond(counted.size() == 1 ? isNaN : Bson.call("$and", counted), ONE, ZERO);
        BsonValue nans =
                stage.accumulate(column.name() + "#nan", "$sum", oneIfNaN).expression();
        BsonValue orNaN = Bson.cond(Bson.call("$gt", nans, ZERO), NAN, BsonNull.VALUE);
        BsonValue result =
                operator.equals("$max") ? Bson.call("$ifNull", orNaN, extreme) : Bson.call("$ifNull", extreme, orNaN);
        stage.give(computed(column, new Computed(result), Accepts.EXACT));
    }

    /** A value of the argument's own: what may be done with it is the same. */
    static Field passed(NativeQuery.Column column, FieldSource source, Field argument) {
        return new Field(
                column.name(),
                column.type(),
                column.nullable(),
                source,
                argument.column(),
                argument.accepts(),
                argument.origin(),
                argument.table());
    }

    private Field computed(NativeQuery.Column column, FieldSource source, Accepts accepts) {
        return new Field(
                column.name(),
                column.type(),
                column.nullable(),
                source,
                Optional.empty(),
                accepts,
                column.name(),
                input.origin().table());
    }
}
