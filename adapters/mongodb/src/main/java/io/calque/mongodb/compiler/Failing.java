package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.Slot;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Expressions that fail on demand. MongoDB has no word for it; the length of a number is an error everywhere, which
 * {@link io.calque.mongodb.Failures} reads as a number out of range. Stateless.
 */
final class Failing {
    private static final String LENGTH = "$strLenCP";
    private static final BsonString SELF = new BsonString("$$this");

    private Failing() {}

    /**
     * Fails.
     *
     * @param number that depends on a document: a constant would fail before any document is read
     */
    static BsonValue with(BsonValue number) {
        return Bson.of(LENGTH, number);
    }

    /**
     * The value, computed once. {@code $reduce} over one value gives it a name where {@code $let} is not known.
     *
     * @param bad says of the named value whether it must fail
     */
    static BsonValue unless(BsonValue value, UnaryOperator<BsonValue> bad) {
        return Bson.of(
                "$reduce",
                new BsonDocument("input", new BsonArray(List.of(value)))
                        .append("initialValue", BsonNull.VALUE)
                        .append("in", Bson.cond(bad.apply(SELF), with(SELF), SELF)));
    }

    /** Whether an expression may fail. Then it must not be computed for rows that do not need it. */
    static boolean mayFail(BsonValue expression) {
        if (expression.isArray()) {
            return expression.asArray().stream().anyMatch(Failing::mayFail);
        }
        if (!expression.isDocument() || expression instanceof Slot) {
            return false;
        }
        BsonDocument document = expression.asDocument();
        return document.containsKey(LENGTH)
                || document.containsKey("$divide") && !byConstant(document.get("$divide"))
                || document.values().stream().anyMatch(Failing::mayFail);
    }

    private static boolean byConstant(BsonValue operands) {
        return operands.isArray()
                && operands.asArray().size() == 2
                && operands.asArray().get(1).isNumber()
                && operands.asArray().get(1).asNumber().doubleValue() != 0;
    }
}
