package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.Comparison.Operator;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.mongodb.pipeline.SlotValue;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
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
    private static final Map<TimeUnitRange, String> PARTS = Map.of(
            TimeUnitRange.YEAR, "$year",
            TimeUnitRange.MONTH, "$month",
            TimeUnitRange.DAY, "$dayOfMonth",
            TimeUnitRange.HOUR, "$hour",
            TimeUnitRange.MINUTE, "$minute");

    private final Draft draft;

    ExpressionTranslator(Draft draft) {
        this.draft = draft;
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
            case EXTRACT -> part(call);
            default -> named(call);
        };
    }

    /** A mixed column's text exists only once it was decoded; an ObjectId's text likewise. */
    private void requireAsTyped(Field field) {
        if (field.type().kind() == TypeKind.VARCHAR
                && FieldUse.requireEquality(field, draft.origin().table()) != Stored.AS_TYPED) {
            throw new Refused("the text of column " + field.name() + " is made here");
        }
    }

    private BsonValue named(RexCall call) {
        String name = call.getOperator().getName();
        if (name.equals("||")) {
            List<BsonValue> parts = new ArrayList<>();
            for (RexNode operand : call.getOperands()) {
                if (Literals.type(operand.getType()).kind() != TypeKind.VARCHAR) {
                    throw new Refused("only text is joined by MongoDB");
                }
                parts.add(value(operand));
            }
            return Bson.call("$concat", parts);
        }
        throw new Refused(Unpushed.reason(call));
    }

    private BsonValue choice(RexCall call) {
        List<RexNode> operands = call.getOperands();
        BsonValue result = value(operands.get(operands.size() - 1));
        for (int i = operands.size() - 3; i >= 0; i -= 2) {
            result = Bson.cond(holds(operands.get(i), Truth.TRUE), value(operands.get(i + 1)), result);
        }
        return result;
    }

    private BsonValue part(RexCall call) {
        TimeUnitRange unit = ((RexLiteral) call.getOperands().get(0)).getValueAs(TimeUnitRange.class);
        RexNode operand = call.getOperands().get(1);
        TypeKind kind = Literals.type(operand.getType()).kind();
        if (unit == null || !PARTS.containsKey(unit) || kind != TypeKind.DATE && kind != TypeKind.TIMESTAMP) {
            throw new Refused("MongoDB is not asked for EXTRACT(" + unit + ")");
        }
        if (operand instanceof RexInputRef ref) {
            FieldUse.requireEquality(
                    draft.fields().get(ref.getIndex()), draft.origin().table());
        }
        return Bson.of(PARTS.get(unit), value(operand));
    }

    /** An expression that is true where the condition has this answer, and false everywhere else. */
    BsonValue holds(RexNode condition, Truth wanted) {
        return switch (condition.getKind()) {
            case AND -> Bson.call(wanted == Truth.TRUE ? "$and" : "$or", each(condition, wanted));
            case OR -> Bson.call(wanted == Truth.TRUE ? "$or" : "$and", each(condition, wanted));
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
            case LIKE -> throw new Refused("MongoDB is asked for LIKE only in a filter");
            default ->
                throw new Refused(
                        condition instanceof RexCall call
                                ? Unpushed.reason(call)
                                : "MongoDB is not asked for " + condition);
        };
    }

    private BsonValue booleanValue(RexNode condition) {
        if (condition instanceof RexInputRef ref) {
            Field field = draft.fields().get(ref.getIndex());
            FieldUse.requireEquality(field, draft.origin().table());
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
            Stored stored = ordered
                    ? FieldUse.requireOrder(field, draft.origin().table())
                    : FieldUse.requireEquality(field, draft.origin().table());
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

    private boolean mayBeNull(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return draft.fields().get(ref.getIndex()).nullable();
        }
        return !(node instanceof RexLiteral literal) || literal.isNull();
    }
}
