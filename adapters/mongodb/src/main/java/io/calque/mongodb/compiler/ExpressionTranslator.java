package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.Comparison.Operator;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.mongodb.pipeline.SlotValue;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.bson.BsonBoolean;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Says scalar expressions as aggregation expressions. Null and a missing field both stand for SQL NULL; every use of an operand
 * that tells them apart asks for both. Single-threaded.
 */
final class ExpressionTranslator {
    private final Draft draft;
    private final Arithmetic arithmetic;
    private final TextExpressions texts;
    private final TimeExpressions times;

    ExpressionTranslator(Draft draft) {
        this.draft = draft;
        this.arithmetic = new Arithmetic(this, draft.features());
        this.texts = new TextExpressions(this, draft.features());
        this.times = new TimeExpressions(this, draft.features());
    }

    Field field(RexInputRef ref) {
        return draft.fields().get(ref.getIndex());
    }

    /** The value of an expression. */
    BsonValue value(RexNode node) {
        RexNode expression = Casts.strip(node);
        if (expression instanceof RexInputRef ref) {
            Field field = draft.fields().get(ref.getIndex());
            FieldUse.requireReadable(field);
            requireAsTyped(field);
            return field.source().expression();
        }
        if (expression instanceof RexLiteral literal) {
            return Literals.expression(literal);
        }
        if (expression instanceof RexDynamicParam parameter) {
            DataType type = Literals.type(parameter.getType());
            if (ParameterSlot.isKeys(parameter.getIndex())) {
                throw new Refused("a set of keys is compared with a stored field only");
            }
            if (type.kind() == TypeKind.TIME || type.kind() == TypeKind.ARRAY) {
                throw new Refused("MongoDB is sent no parameter of type " + type);
            }
            return new SlotValue(new ParameterSlot(parameter.getIndex(), type));
        }
        if (!(expression instanceof RexCall call)) {
            throw new Refused("MongoDB is not asked for " + expression);
        }
        if (call.getType().getSqlTypeName() == SqlTypeName.BOOLEAN && call.getKind() != SqlKind.CASE) {
            return Bson.cond(
                    holds(call, Truth.TRUE),
                    BsonBoolean.TRUE,
                    Bson.cond(holds(call, Truth.FALSE), BsonBoolean.FALSE, BsonNull.VALUE));
        }
        return switch (call.getKind()) {
            case CASE -> choice(call);
            case EXTRACT -> times.part(call);
            case PLUS, MINUS, TIMES, DIVIDE, MOD, MINUS_PREFIX -> arithmetic.value(call);
            case FLOOR, CEIL ->
                call.getOperands().size() == 2 && call.getKind() == SqlKind.FLOOR
                        ? times.beginning(call)
                        : arithmetic.value(call);
            case CAST -> cast(call);
            case TRIM -> texts.trim(call);
            case POSITION -> texts.indexOf(call);
            case COALESCE -> firstPresent(call);
            default -> named(call);
        };
    }

    /** A mixed column's text exists only once it was decoded; an ObjectId's text likewise. */
    private void requireAsTyped(Field field) {
        if (field.type().kind() == TypeKind.VARCHAR && FieldUse.requireEquality(field) != Stored.AS_TYPED) {
            throw new Refused("the text of column " + field.name() + " is made here");
        }
    }

    private BsonValue named(RexCall call) {
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "||" -> texts.concatenation(call);
            case "ABS" -> arithmetic.value(call);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> texts.length(call);
            case "SUBSTRING" -> texts.substring(call);
            case "REPLACE" -> texts.replace(call);
            default -> throw new Refused(Unpushed.reason(call));
        };
    }

    /** Casts that change no value are gone by now. */
    private BsonValue cast(RexCall call) {
        RexNode operand = Casts.strip(call.getOperands().get(0));
        DataType from = Literals.type(operand.getType());
        DataType to = Literals.type(call.getType());
        if (from.kind() == TypeKind.TIMESTAMP && to.kind() == TypeKind.DATE) {
            return times.midnight(operand);
        }
        if (Arithmetic.isInteger(from)
                && to.kind() == TypeKind.VARCHAR
                && call.getType().getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED) {
            return texts.ofInteger(operand);
        }
        throw new Refused(Unpushed.reason(call));
    }

    private BsonValue firstPresent(RexCall call) {
        List<RexNode> operands = call.getOperands();
        BsonValue result = value(operands.get(operands.size() - 1));
        for (int i = operands.size() - 2; i >= 0; i--) {
            result = Bson.call("$ifNull", value(operands.get(i)), result);
        }
        return result;
    }

    private BsonValue choice(RexCall call) {
        List<RexNode> operands = call.getOperands();
        BsonValue result = value(operands.get(operands.size() - 1));
        for (int i = operands.size() - 3; i >= 0; i -= 2) {
            result = Bson.cond(holds(operands.get(i), Truth.TRUE), value(operands.get(i + 1)), result);
        }
        return result;
    }

    /** An expression that is true where the condition has this answer, and false everywhere else. */
    BsonValue holds(RexNode condition, Truth wanted) {
        return switch (condition.getKind()) {
            case AND -> wanted == Truth.TRUE ? all(each(condition, wanted)) : any(each(condition, wanted));
            case OR -> wanted == Truth.TRUE ? any(each(condition, wanted)) : all(each(condition, wanted));
            case NOT -> holds(operand(condition), wanted.opposite());
            case IS_TRUE -> exactly(operand(condition), Truth.TRUE, wanted);
            case IS_FALSE -> exactly(operand(condition), Truth.FALSE, wanted);
            case IS_NOT_TRUE -> exactly(operand(condition), Truth.TRUE, wanted.opposite());
            case IS_NOT_FALSE -> exactly(operand(condition), Truth.FALSE, wanted.opposite());
            case IS_NULL, IS_UNKNOWN -> isNull(operand(condition), wanted);
            case IS_NOT_NULL -> isNull(operand(condition), wanted.opposite());
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                compare((RexCall) condition, wanted);
            case LITERAL ->
                BsonBoolean.valueOf(
                        !((RexLiteral) condition).isNull() && condition.isAlwaysTrue() == (wanted == Truth.TRUE));
            case INPUT_REF, CASE ->
                Bson.call("$eq", booleanValue(condition), BsonBoolean.valueOf(wanted == Truth.TRUE));
            case IS_NOT_DISTINCT_FROM -> same((RexCall) condition, wanted);
            case IS_DISTINCT_FROM -> same((RexCall) condition, wanted.opposite());
            case LIKE -> like((RexCall) condition, wanted);
            default ->
                throw new Refused(
                        condition instanceof RexCall call
                                ? Unpushed.reason(call)
                                : "MongoDB is not asked for " + condition);
        };
    }

    /** {@code $and} computes all its parts on some servers; {@code $cond} stops where a part that may fail is not needed. */
    private static BsonValue all(List<BsonValue> parts) {
        if (parts.stream().noneMatch(Failing::mayFail)) {
            return Bson.call("$and", parts);
        }
        BsonValue result = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            result = Bson.cond(parts.get(i), result, BsonBoolean.FALSE);
        }
        return result;
    }

    private static BsonValue any(List<BsonValue> parts) {
        if (parts.stream().noneMatch(Failing::mayFail)) {
            return Bson.call("$or", parts);
        }
        BsonValue result = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            result = Bson.cond(parts.get(i), BsonBoolean.TRUE, result);
        }
        return result;
    }

    private BsonValue like(RexCall call, Truth wanted) {
        LikeCall like = LikeCall.of(call);
        if (like.pattern().isEmpty()) {
            return BsonBoolean.FALSE;
        }
        Truth meant = like.negated() ? wanted.opposite() : wanted;
        return texts.like(like.operand(), like.pattern().get(), like.escape(), meant);
    }

    /** Null and a missing field are one value here. */
    private BsonValue same(RexCall call, Truth wanted) {
        RexNode left = Casts.stripForComparison(call.getOperands().get(0));
        RexNode right = Casts.stripForComparison(call.getOperands().get(1));
        ComparedTypes.requireAlike(Literals.type(left.getType()), Literals.type(right.getType()));
        return Bson.call(
                wanted == Truth.TRUE ? "$eq" : "$ne",
                Bson.call("$ifNull", comparable(left, false), BsonNull.VALUE),
                Bson.call("$ifNull", comparable(right, false), BsonNull.VALUE));
    }

    private BsonValue booleanValue(RexNode condition) {
        if (condition instanceof RexInputRef ref) {
            Field field = draft.fields().get(ref.getIndex());
            FieldUse.requireEquality(field);
            return field.source().expression();
        }
        return value(condition);
    }

    private List<BsonValue> each(RexNode condition, Truth wanted) {
        List<BsonValue> parts = new ArrayList<>();
        for (RexNode part : ((RexCall) condition).getOperands()) {
            parts.add(holds(part, wanted));
        }
        return parts;
    }

    private static RexNode operand(RexNode call) {
        return ((RexCall) call).getOperands().get(0);
    }

    private BsonValue exactly(RexNode operand, Truth asked, Truth wanted) {
        BsonValue holds = holds(operand, asked);
        return wanted == Truth.TRUE ? holds : Bson.call("$not", holds);
    }

    private BsonValue isNull(RexNode operand, Truth wanted) {
        BsonValue value;
        if (Casts.strip(operand) instanceof RexInputRef ref) {
            Field field = draft.fields().get(ref.getIndex());
            FieldUse.requireNullTest(field);
            value = field.source().expression();
        } else {
            value = value(operand);
        }
        return wanted == Truth.TRUE ? Bson.isNull(value) : Bson.isNotNull(value);
    }

    /** $lt and its kin order null below all values, so each operand that may be NULL is asked for a value beside. */
    private BsonValue compare(RexCall call, Truth wanted) {
        Operator operator = MatchTranslator.operator(call.getKind());
        Operator meant = wanted == Truth.TRUE ? operator : operator.negated();
        boolean ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
        RexNode left = Casts.stripForComparison(call.getOperands().get(0));
        RexNode right = Casts.stripForComparison(call.getOperands().get(1));
        ComparedTypes.requireAlike(Literals.type(left.getType()), Literals.type(right.getType()));
        BsonValue leftValue = comparable(left, ordered);
        BsonValue rightValue = comparable(right, ordered);
        BsonValue comparison = Bson.call(meant.word(), leftValue, rightValue);
        List<BsonValue> all = new ArrayList<>(List.of(comparison));
        if (mayBeNull(left)) {
            all.add(Bson.isNotNull(leftValue));
        }
        if (mayBeNull(right)) {
            all.add(Bson.isNotNull(rightValue));
        }
        return all.size() == 1 ? comparison : Bson.call("$and", all);
    }

    private BsonValue comparable(RexNode node, boolean ordered) {
        if (node instanceof RexInputRef ref) {
            Field field = draft.fields().get(ref.getIndex());
            Stored stored = ordered ? FieldUse.requireOrder(field) : FieldUse.requireEquality(field);
            if (stored != Stored.AS_TYPED) {
                throw new Refused("the text of column " + field.name() + " is compared here");
            }
            if (FieldUse.mayBeNaN(field)) {
                throw new Refused("floating numbers of two columns are compared here, because of NaN");
            }
            return field.source().expression();
        }
        if (ordered && Literals.type(node.getType()).kind() == TypeKind.VARCHAR) {
            throw new Refused("computed text is ordered here");
        }
        if (Literals.type(node.getType()).kind() == TypeKind.DOUBLE && !(node instanceof RexLiteral)) {
            throw new Refused("computed floating numbers are compared here, because of NaN");
        }
        return value(node);
    }

    boolean mayBeNull(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return draft.fields().get(ref.getIndex()).nullable();
        }
        return !(node instanceof RexLiteral literal) || literal.isNull();
    }
}
