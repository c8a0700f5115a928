package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.Comparison;
import io.calque.mongodb.pipeline.Comparison.Operator;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.mongodb.pipeline.SlotPredicate;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;

/**
 * Says conditions in the query language of {@code $match}, which indexes serve; where it has no words, as {@code $expr}.
 *
 * <p>SQL's conditions are true, false or unknown, MongoDB's match or do not. So each condition is said twice: where it is true
 * ({@link #whereTrue}) and where it is false. {@code NOT (a < 5)} becomes where {@code a < 5} is false: {@code {a: {$gte: 5}}},
 * and not {@code {$nor: [{a: {$lt: 5}}]}}, which would keep documents without {@code a}. Single-threaded.
 */
final class MatchTranslator {
    private final Draft draft;
    private final ExpressionTranslator expressions;

    MatchTranslator(Draft draft) {
        this.draft = draft;
        this.expressions = new ExpressionTranslator(draft);
    }

    BsonDocument whereTrue(RexNode condition) {
        return where(condition, Truth.TRUE);
    }

    private BsonDocument where(RexNode condition, Truth wanted) {
        return switch (condition.getKind()) {
            case AND ->
                wanted == Truth.TRUE ? Predicates.and(each(condition, wanted)) : Predicates.or(each(condition, wanted));
            case OR ->
                wanted == Truth.TRUE ? Predicates.or(each(condition, wanted)) : Predicates.and(each(condition, wanted));
            case NOT -> where(operand(condition), wanted.opposite());
            case IS_TRUE -> exactly(operand(condition), Truth.TRUE, wanted);
            case IS_FALSE -> exactly(operand(condition), Truth.FALSE, wanted);
            case IS_NOT_TRUE -> exactly(operand(condition), Truth.TRUE, wanted.opposite());
            case IS_NOT_FALSE -> exactly(operand(condition), Truth.FALSE, wanted.opposite());
            case IS_NULL, IS_UNKNOWN -> isNull(operand(condition), wanted);
            case IS_NOT_NULL -> isNull(operand(condition), wanted.opposite());
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                compare((RexCall) condition, wanted);
            case LIKE -> like((RexCall) condition, wanted);
            case LITERAL -> literal((RexLiteral) condition, wanted);
            case INPUT_REF -> column((RexInputRef) condition, wanted);
            default -> expression(condition, wanted);
        };
    }

    private List<BsonDocument> each(RexNode condition, Truth wanted) {
        List<BsonDocument> parts = new ArrayList<>();
        for (RexNode part : ((RexCall) condition).getOperands()) {
            parts.add(where(part, wanted));
        }
        return parts;
    }

    private static RexNode operand(RexNode call) {
        return ((RexCall) call).getOperands().get(0);
    }

    /** {@code x IS TRUE} is never unknown: where x is not true, it is false. */
    private BsonDocument exactly(RexNode operand, Truth asked, Truth wanted) {
        BsonDocument holds = where(operand, asked);
        return wanted == Truth.TRUE ? holds : Predicates.not(holds);
    }

    private BsonDocument isNull(RexNode operand, Truth wanted) {
        if (Casts.strip(operand) instanceof RexInputRef ref
                && draft.fields().get(ref.getIndex()).source() instanceof Path path) {
            FieldUse.requireNullTest(draft.fields().get(ref.getIndex()));
            return wanted == Truth.TRUE ? Comparison.isNull(path.dotted()) : Comparison.notNull(path.dotted());
        }
        BsonValue value = expressions.value(operand);
        return Bson.of("$expr", wanted == Truth.TRUE ? Bson.isNull(value) : Bson.isNotNull(value));
    }

    private BsonDocument literal(RexLiteral literal, Truth wanted) {
        boolean holds = !literal.isNull() && literal.isAlwaysTrue() == (wanted == Truth.TRUE);
        return holds ? Predicates.all() : Comparison.nothing();
    }

    private BsonDocument column(RexInputRef ref, Truth wanted) {
        Field field = draft.fields().get(ref.getIndex());
        if (!(field.source() instanceof Path path)) {
            return expression(ref, wanted);
        }
        FieldUse.requireEquality(field);
        return new BsonDocument(path.dotted(), BsonBoolean.valueOf(wanted == Truth.TRUE));
    }

    private BsonDocument expression(RexNode condition, Truth wanted) {
        return Bson.of("$expr", expressions.holds(condition, wanted));
    }

    private BsonDocument compare(RexCall call, Truth wanted) {
        Operator operator = operator(call.getKind());
        Operator meant = wanted == Truth.TRUE ? operator : operator.negated();
        RexNode left = Casts.stripForComparison(call.getOperands().get(0));
        RexNode right = Casts.stripForComparison(call.getOperands().get(1));
        if (left instanceof RexInputRef ref && isValue(right)) {
            return compare(ref, meant, right).orElseGet(() -> expression(call, wanted));
        }
        if (right instanceof RexInputRef ref && isValue(left)) {
            return compare(ref, meant.mirrored(), left).orElseGet(() -> expression(call, wanted));
        }
        return expression(call, wanted);
    }

    private static boolean isValue(RexNode node) {
        return node instanceof RexLiteral || node instanceof RexDynamicParam;
    }

    /** Empty for a computed column. */
    private Optional<BsonDocument> compare(RexInputRef ref, Operator operator, RexNode value) {
        Field field = draft.fields().get(ref.getIndex());
        if (!(field.source() instanceof Path path)) {
            return Optional.empty();
        }
        Stored stored = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL
                ? FieldUse.requireEquality(field)
                : FieldUse.requireOrder(field);
        if (stored == Stored.OBJECT_ID && operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
            throw new Refused("column " + field.name() + " holds ObjectIds, whose text is ordered here");
        }
        if (value instanceof RexLiteral literal && literal.isNull()) {
            return Optional.of(Comparison.nothing());
        }
        DataType sent = ComparedTypes.sent(field, Literals.type(value.getType()));
        Comparison comparison = new Comparison(path.dotted(), operator, sent, stored);
        if (value instanceof RexDynamicParam parameter) {
            if (ParameterSlot.isKeys(parameter.getIndex()) && operator != Operator.EQUAL) {
                throw new Refused("a set of keys is compared for equality only");
            }
            return Optional.of(new SlotPredicate(
                    comparison, new ParameterSlot(parameter.getIndex(), parameterType(parameter, sent))));
        }
        return Optional.of(comparison.with(Literals.value((RexLiteral) value)));
    }

    /** The value arrives in the fragment's own type for it. */
    private static DataType parameterType(RexDynamicParam parameter, DataType sent) {
        DataType declared = Literals.type(parameter.getType());
        return declared.kind() == sent.kind() ? sent : declared;
    }

    private BsonDocument like(RexCall call, Truth wanted) {
        LikeCall like = LikeCall.of(call);
        if (like.pattern().isEmpty()) {
            return Comparison.nothing();
        }
        if (!(like.operand() instanceof RexInputRef ref)
                || !(draft.fields().get(ref.getIndex()).source() instanceof Path path)) {
            return expression(call, wanted);
        }
        FieldUse.requireString(draft.fields().get(ref.getIndex()));
        BsonRegularExpression regex = LikePattern.regex(like.pattern().get(), like.escape());
        Truth meant = like.negated() ? wanted.opposite() : wanted;
        return new BsonDocument(
                path.dotted(),
                meant == Truth.TRUE ? regex : new BsonDocument("$ne", BsonNull.VALUE).append("$not", regex));
    }

    static Operator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Operator.EQUAL;
            case NOT_EQUALS -> Operator.NOT_EQUAL;
            case LESS_THAN -> Operator.LESS;
            case LESS_THAN_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            case GREATER_THAN -> Operator.GREATER;
            case GREATER_THAN_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException(kind + " is no comparison");
        };
    }
}
