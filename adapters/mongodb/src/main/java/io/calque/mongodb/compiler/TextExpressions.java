package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ServerFeature;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says functions of text. Positions and lengths count code points in both languages, from 0 there and from 1 here; null has no length
 * there, and is no text, so it is asked for beside. Single-threaded.
 */
final class TextExpressions {
    private static final BsonInt32 ZERO = new BsonInt32(0);

    private final ExpressionTranslator expressions;
    private final Features features;

    TextExpressions(ExpressionTranslator expressions, Features features) {
        this.expressions = expressions;
        this.features = features;
    }

    BsonValue concatenation(RexCall call) {
        List<BsonValue> parts = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            parts.add(text(operand));
        }
        return Bson.call("$concat", parts);
    }

    BsonValue length(RexCall call) {
        features.require(ServerFeature.CODE_POINTS);
        RexNode operand = call.getOperands().get(0);
        BsonValue text = text(operand);
        return ifPresent(operand, text, Bson.of("$strLenCP", text));
    }

    /** {@code SUBSTRING('abc' FROM 0 FOR 2)} counts from before the text: one code point is left of it. */
    BsonValue substring(RexCall call) {
        features.require(ServerFeature.CODE_POINTS);
        RexNode operand = call.getOperands().get(0);
        long from = position(call.getOperands().get(1));
        BsonValue text = text(operand);
        if (call.getOperands().size() < 3) {
            return part(operand, text, Math.max(1, from), Integer.MAX_VALUE);
        }
        long length = position(call.getOperands().get(2));
        if (length < 0) {
            throw new Refused("a negative length is an error that is raised here");
        }
        long start = Math.max(1, from);
        return part(operand, text, start, Math.max(0, from + length - start));
    }

    private BsonValue part(RexNode operand, BsonValue text, long from, long length) {
        BsonValue part = Bson.call(
                "$substrCP",
                text,
                number(from - 1),
                length == Integer.MAX_VALUE ? Bson.of("$strLenCP", text) : number(length));
        return ifPresent(operand, text, part);
    }

    private static BsonInt32 number(long value) {
        return new BsonInt32((int) Math.min(Integer.MAX_VALUE, value));
    }

    BsonValue indexOf(RexCall call) {
        features.require(ServerFeature.CODE_POINTS);
        if (call.getOperands().size() != 2) {
            throw new Refused("MongoDB is not asked for POSITION from a place on");
        }
        return Bson.call(
                "$add",
                indexOf(
                        text(call.getOperands().get(1)),
                        literal(call.getOperands().get(0))),
                new BsonInt32(1));
    }

    private static BsonValue indexOf(BsonValue text, String wanted) {
        return Bson.call("$indexOfCP", text, Bson.of("$literal", new BsonString(wanted)));
    }

    BsonValue trim(RexCall call) {
        features.require(ServerFeature.TRIM);
        SqlTrimFunction.Flag side = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
        String characters = literal(call.getOperands().get(1));
        if (side == null || characters.isEmpty()) {
            throw new Refused("MongoDB is not asked to trim nothing");
        }
        String word = switch (side) {
            case BOTH -> "$trim";
            case LEADING -> "$ltrim";
            case TRAILING -> "$rtrim";
        };
        return Bson.of(
                word,
                new BsonDocument("input", text(call.getOperands().get(2)))
                        .append("chars", Bson.of("$literal", new BsonString(characters))));
    }

    BsonValue replace(RexCall call) {
        features.require(ServerFeature.REPLACE);
        String find = literal(call.getOperands().get(1));
        if (find.isEmpty()) {
            throw new Refused("MongoDB is not asked to replace nothing");
        }
        return Bson.of(
                "$replaceAll",
                new BsonDocument("input", text(call.getOperands().get(0)))
                        .append("find", Bson.of("$literal", new BsonString(find)))
                        .append("replacement", text(call.getOperands().get(2))));
    }

    /** Of whole numbers: their digits are the same everywhere. */
    BsonValue ofInteger(RexNode number) {
        features.require(ServerFeature.INTEGER_TEXT);
        if (number instanceof RexInputRef ref) {
            FieldUse.requireEquality(expressions.field(ref));
        } else {
            throw new Refused("the text of a computed number is made here");
        }
        return Bson.of("$toString", expressions.value(number));
    }

    /**
     * LIKE as an expression.
     *
     * @param wanted asks where it is true, or where it is false
     */
    BsonValue like(RexNode operand, String pattern, Optional<Character> escape, Truth wanted) {
        BsonValue text = text(operand);
        Optional<LikePattern.Plain> plain = LikePattern.plain(pattern, escape);
        if (plain.isPresent() && features.has(ServerFeature.TEXT_SEARCH)) {
            BsonValue at = indexOf(text, plain.get().text());
            BsonValue found = plain.get().anywhere() ? Bson.call("$gte", at, ZERO) : Bson.call("$eq", at, ZERO);
            BsonValue missed = plain.get().anywhere() ? Bson.call("$lt", at, ZERO) : Bson.call("$ne", at, ZERO);
            return wanted == Truth.TRUE ? found : Bson.call("$and", missed, Bson.isNotNull(text));
        }
        features.require(ServerFeature.REGEX);
        BsonValue matches = Bson.of(
                "$regexMatch",
                new BsonDocument("input", text)
                        .append(
                                "regex",
                                new BsonString(
                                        LikePattern.regex(pattern, escape).getPattern()))
                        .append("options", new BsonString("s")));
        return wanted == Truth.TRUE ? matches : Bson.call("$and", Bson.call("$not", matches), Bson.isNotNull(text));
    }

    private BsonValue ifPresent(RexNode operand, BsonValue text, BsonValue result) {
        return expressions.mayBeNull(operand) ? Bson.cond(Bson.isNotNull(text), result, BsonNull.VALUE) : result;
    }

    private BsonValue text(RexNode operand) {
        if (Literals.type(operand.getType()).kind() != TypeKind.VARCHAR) {
            throw new Refused("only text is taken for text by MongoDB");
        }
        return expressions.value(operand);
    }

    private static String literal(RexNode node) {
        if (Casts.strip(node) instanceof RexLiteral literal
                && !literal.isNull()
                && Literals.value(literal) instanceof String text) {
            return text;
        }
        throw new Refused("MongoDB is asked for text functions with literals only");
    }

    private static long position(RexNode node) {
        if (Casts.strip(node) instanceof RexLiteral literal
                && !literal.isNull()
                && Literals.value(literal) instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE - 1)) < 0) {
            return number.longValueExact();
        }
        throw new Refused("MongoDB is asked for parts of texts at literal places only");
    }
}
