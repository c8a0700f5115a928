package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ServerFeature;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.bson.BsonDecimal128;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Says arithmetic of exact numbers so that it is exact, and fails where SQL's fails.
 *
 * <pre>
 * quantity + 1        {$reduce: {input: [{$add: ["$quantity", 1]}], initialValue: null, in: {$cond: [out of INTEGER, fail, "$$this"]}}}
 * price * quantity    {$cond: [price has more than 22 digits, fail, {$multiply: ["$price", "$quantity"]}]}
 * </pre>
 *
 * <p>MongoDB makes a double of a sum that passes 64 bits, and rounds decimals to 34 digits. So each integer operation is checked
 * against its type, and decimals are let in only as far as nothing can pass 34 digits. Single-threaded.
 */
final class Arithmetic {
    private static final BsonInt32 ZERO = new BsonInt32(0);
    /** Adding it makes a decimal of an integer, which neither wraps nor loses digits. */
    private static final BsonValue DECIMAL_ZERO = new BsonDecimal128(Decimal128.parse("0"));

    private final ExpressionTranslator expressions;
    private final Features features;

    Arithmetic(ExpressionTranslator expressions, Features features) {
        this.expressions = expressions;
        this.features = features;
    }

    /** PLUS, MINUS, TIMES, DIVIDE, MOD and their kin. */
    BsonValue value(RexCall call) {
        features.require(ServerFeature.GUARDS);
        DataType type = Literals.type(call.getType());
        if (isInteger(type)) {
            return integer(call, type);
        }
        if (type.kind() == TypeKind.DECIMAL) {
            return switch (call.getKind()) {
                case PLUS, MINUS, TIMES, MINUS_PREFIX, OTHER_FUNCTION -> decimal(call);
                case FLOOR, CEIL -> rounded(call);
                default -> throw new Refused(Unpushed.reason(call));
            };
        }
        throw new Refused(Unpushed.ofDoubles(call));
    }

    // Integers: each operation is checked against its own type.

    private BsonValue integer(RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands().stream().map(Casts::strip).toList();
        for (RexNode operand : operands) {
            if (!isInteger(Literals.type(operand.getType()))) {
                throw new Refused(Unpushed.reason(call));
            }
        }
        if (call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL) {
            features.require(ServerFeature.DECIMAL_ROUNDING);
            return operand(operands.get(0));
        }
        boolean wide =
                operands.stream().anyMatch(o -> Literals.type(o.getType()).kind() == TypeKind.BIGINT)
                        || type.kind() == TypeKind.BIGINT && call.getKind() == SqlKind.TIMES;
        BsonValue first = operand(operands.get(0));
        BsonValue left = wide ? Bson.call("$add", first, DECIMAL_ZERO) : first;
        BsonValue result = switch (call.getKind()) {
            case PLUS -> Bson.call("$add", left, operand(operands.get(1)));
            case MINUS -> Bson.call("$subtract", left, operand(operands.get(1)));
            case TIMES -> Bson.call("$multiply", left, operand(operands.get(1)));
            case MINUS_PREFIX -> Bson.call("$subtract", wide ? DECIMAL_ZERO : ZERO, first);
            case DIVIDE -> quotient(left, operands.get(1), wide);
            case MOD -> remainder(first, operands.get(1), wide);
            case OTHER_FUNCTION -> absolute(first, wide ? DECIMAL_ZERO : ZERO);
            default -> throw new Refused(Unpushed.reason(call));
        };
        return call.getKind() == SqlKind.MOD || fitsAlways(call, type, operands) ? result : checked(result, type);
    }

    /** An operation on narrower numbers than its type holds. */
    private static boolean fitsAlways(RexCall call, DataType type, List<RexNode> operands) {
        boolean narrow =
                operands.stream().allMatch(o -> Literals.type(o.getType()).kind() != TypeKind.BIGINT);
        return type.kind() == TypeKind.BIGINT && narrow && call.getKind() != SqlKind.TIMES;
    }

    private BsonValue quotient(BsonValue left, RexNode divisor, boolean wide) {
        features.require(wide ? ServerFeature.LONG_REMAINDERS : ServerFeature.REMAINDERS);
        return Bson.of("$trunc", Bson.call("$divide", left, operand(divisor)));
    }

    /** A literal divisor: what a remainder by zero gives differs between servers. */
    private BsonValue remainder(BsonValue left, RexNode divisor, boolean wide) {
        features.require(wide ? ServerFeature.LONG_REMAINDERS : ServerFeature.REMAINDERS);
        if (!(divisor instanceof RexLiteral literal)
                || literal.isNull()
                || ((BigDecimal) Literals.value(literal)).signum() == 0) {
            throw new Refused("MOD: MongoDB is asked for remainders by numbers other than 0 only");
        }
        return Bson.call("$mod", left, operand(divisor));
    }

    /** {@code $abs} makes a double of a decimal on some servers. Null is below zero, and stays null. */
    private static BsonValue absolute(BsonValue value, BsonValue zero) {
        return Bson.cond(Bson.call("$lt", value, ZERO), Bson.call("$subtract", zero, value), value);
    }

    /** The value, or a failure where the type does not hold it. Null passes. */
    private static BsonValue checked(BsonValue value, DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> checked(value, new BsonInt32(Short.MIN_VALUE), new BsonInt32(Short.MAX_VALUE));
            case INTEGER -> checked(value, new BsonInt32(Integer.MIN_VALUE), new BsonInt32(Integer.MAX_VALUE));
            // As decimals: some servers compare a long with a decimal as doubles.
            default -> checked(value, decimal(Long.MIN_VALUE), decimal(Long.MAX_VALUE));
        };
    }

    private static BsonValue decimal(long value) {
        return new BsonDecimal128(new Decimal128(value));
    }

    private static BsonValue checked(BsonValue value, BsonValue least, BsonValue most) {
        return Failing.unless(
                value,
                self -> Bson.call(
                        "$or",
                        Bson.call("$gt", self, most),
                        Bson.call("$and", Bson.call("$lt", self, least), Bson.isNotNull(self))));
    }

    // Decimals: what goes in is bounded, so that nothing passes 34 digits.

    private BsonValue decimal(RexCall call) {
        int digits = DecimalBounds.admitted(call);
        BsonValue result = tree(call);
        List<BsonValue> tooLarge = DecimalBounds.columns(call).stream()
                .filter(column -> DecimalBounds.integerDigits(column) > digits)
                .map(this::operand)
                .distinct()
                .map(value -> outside(value, digits))
                .toList();
        if (tooLarge.isEmpty()) {
            return result;
        }
        RexInputRef any = DecimalBounds.columns(call).get(0);
        return Bson.cond(
                tooLarge.size() == 1 ? tooLarge.get(0) : Bson.call("$or", tooLarge),
                Failing.with(operand(any)),
                result);
    }

    /** Whether a number has more digits before its point. */
    static BsonValue outside(BsonValue value, int digits) {
        BigDecimal bound = BigDecimal.ONE.scaleByPowerOfTen(digits);
        return Bson.call(
                "$or",
                Bson.call("$gte", value, new BsonDecimal128(new Decimal128(bound))),
                Bson.call(
                        "$and",
                        Bson.call("$lte", value, new BsonDecimal128(new Decimal128(bound.negate()))),
                        Bson.isNotNull(value)));
    }

    private BsonValue tree(RexNode node) {
        RexNode expression = Casts.strip(node);
        if (!(expression instanceof RexCall call)
                || Literals.type(call.getType()).kind() != TypeKind.DECIMAL) {
            return operand(expression);
        }
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case PLUS -> Bson.call("$add", tree(operands.get(0)), tree(operands.get(1)));
            case MINUS -> Bson.call("$subtract", tree(operands.get(0)), tree(operands.get(1)));
            case TIMES -> Bson.call("$multiply", tree(operands.get(0)), tree(operands.get(1)));
            case MINUS_PREFIX -> Bson.call("$subtract", DECIMAL_ZERO, tree(operands.get(0)));
            case OTHER_FUNCTION -> absolute(tree(required(call).getOperands().get(0)), DECIMAL_ZERO);
            default -> throw new Refused(Unpushed.reason(call));
        };
    }

    private BsonValue rounded(RexCall call) {
        features.require(ServerFeature.DECIMAL_ROUNDING);
        return Bson.of(
                call.getKind() == SqlKind.FLOOR ? "$floor" : "$ceil",
                operand(call.getOperands().get(0)));
    }

    /** A column's value must be the number that SQL sees. */
    private BsonValue operand(RexNode node) {
        RexNode expression = Casts.strip(node);
        if (!Literals.type(expression.getType()).isExactNumeric()) {
            throw new Refused("MongoDB computes with exact numbers only");
        }
        if (expression instanceof RexInputRef ref) {
            FieldUse.requireEquality(expressions.field(ref));
        }
        return expressions.value(expression);
    }

    /** ABS is the only function among these operators. */
    static RexCall required(RexCall call) {
        if (!call.getOperator().getName().equals("ABS")) {
            throw new Refused(Unpushed.reason(call));
        }
        return call;
    }

    static boolean isInteger(DataType type) {
        return type.kind() == TypeKind.SMALLINT || type.kind() == TypeKind.INTEGER || type.kind() == TypeKind.BIGINT;
    }
}
