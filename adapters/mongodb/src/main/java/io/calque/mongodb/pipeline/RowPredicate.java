package io.calque.mongodb.pipeline;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonRegularExpression;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Tries a condition of MongoDB's query language on a row that was unwound here, with MongoDB's own meaning: comparisons stay within one bracket
 * of types, null stands for a missing field, an array matches where an element does. Stateless.
 */
public final class RowPredicate {
    private static final Set<String> JUNCTIONS = Set.of("$and", "$or", "$nor");
    /** Conditions that hold for a document wherever they hold for one of its elements. */
    private static final Set<String> LIFTED = Set.of("$eq", "$in", "$gt", "$gte", "$lt", "$lte");

    private RowPredicate() {}

    /** Whether {@link #matches} can try it, once its slots are filled. */
    public static boolean understands(BsonDocument condition) {
        return condition instanceof Slot
                ? condition instanceof SlotPredicate
                : condition.entrySet().stream().allMatch(RowPredicate::understands);
    }

    /** Whether it is a comparison with a parameter. */
    public static boolean isSlot(BsonDocument condition) {
        return condition instanceof SlotPredicate;
    }

    private static boolean understands(Map.Entry<String, BsonValue> entry) {
        BsonValue right = entry.getValue();
        if (JUNCTIONS.contains(entry.getKey())) {
            return right.asArray().stream().allMatch(part -> understands(part.asDocument()));
        }
        if (entry.getKey().startsWith("$") || right instanceof Slot || right.isArray()) {
            return false;
        }
        return !right.isDocument()
                || !right.asDocument().isEmpty()
                        && right.asDocument().entrySet().stream().allMatch(RowPredicate::understandsOperator);
    }

    private static boolean understandsOperator(Map.Entry<String, BsonValue> operator) {
        return switch (operator.getKey()) {
            case "$eq", "$ne", "$gt", "$gte", "$lt", "$lte" ->
                !operator.getValue().isDocument() && !operator.getValue().isArray();
            case "$in", "$nin" -> operator.getValue().isArray();
            case "$not" -> operator.getValue().isRegularExpression();
            default -> false;
        };
    }

    /**
     * What holds for every document that has a row which matches, so that the server may leave the others out: comparisons, which an array
     * satisfies where an element does; not {@code $ne} and null. Empty when nothing is left.
     */
    public static BsonDocument lifted(BsonDocument condition) {
        if (condition instanceof Slot) {
            return condition instanceof SlotPredicate slot && slot.isLifted() ? condition : new BsonDocument();
        }
        if (condition.equals(Comparison.nothing())) {
            return condition;
        }
        BsonDocument lifted = new BsonDocument();
        condition.forEach((name, right) -> {
            switch (name) {
                case "$and" -> {
                    BsonArray parts = new BsonArray();
                    right.asArray().stream()
                            .map(part -> lifted(part.asDocument()))
                            .filter(part -> part instanceof Slot || !part.isEmpty())
                            .forEach(parts::add);
                    if (!parts.isEmpty()) {
                        lifted.append(name, parts);
                    }
                }
                case "$or" -> {
                    // One alternative that says nothing lets every document in; a part of one is wider than the whole.
                    boolean all = right.asArray().stream()
                            .allMatch(part -> lifted(part.asDocument()).equals(part));
                    if (all) {
                        lifted.append(name, right);
                    }
                }
                default -> {
                    BsonValue part = name.startsWith("$") ? BsonNull.VALUE : liftedOperators(right);
                    if (!part.isNull()
                            && !(part.isDocument() && part.asDocument().isEmpty())) {
                        lifted.append(name, part);
                    }
                }
            }
        });
        return lifted;
    }

    /** Two operators may hold for two elements; that only lets more documents in. */
    private static BsonValue liftedOperators(BsonValue right) {
        if (!right.isDocument()) {
            return right;
        }
        BsonDocument operators = new BsonDocument();
        right.asDocument().forEach((operator, value) -> {
            boolean ofNull = operator.equals("$in") && value.asArray().stream().anyMatch(BsonValue::isNull);
            if (LIFTED.contains(operator) && !ofNull && !value.isNull()) {
                operators.append(operator, value);
            }
        });
        return operators;
    }

    /**
     * @param condition without slots
     * @param values those at a dotted path of the row; none where the field is missing
     */
    public static boolean matches(BsonDocument condition, Function<String, List<BsonValue>> values) {
        return condition.entrySet().stream().allMatch(entry -> switch (entry.getKey()) {
            case "$and" -> entry.getValue().asArray().stream().allMatch(part -> matches(part.asDocument(), values));
            case "$or" -> entry.getValue().asArray().stream().anyMatch(part -> matches(part.asDocument(), values));
            case "$nor" -> entry.getValue().asArray().stream().noneMatch(part -> matches(part.asDocument(), values));
            default -> matches(values.apply(entry.getKey()), entry.getValue());
        });
    }

    private static boolean matches(List<BsonValue> values, BsonValue right) {
        if (!right.isDocument()) {
            return equalsAny(values, right);
        }
        return right.asDocument().entrySet().stream()
                .allMatch(operator -> operate(operator.getKey(), values, operator.getValue()));
    }

    private static boolean operate(String operator, List<BsonValue> values, BsonValue right) {
        return switch (operator) {
            case "$eq" -> equalsAny(values, right);
            case "$ne", "$not" -> !equalsAny(values, right);
            case "$in" -> right.asArray().stream().anyMatch(one -> equalsAny(values, one));
            case "$nin" -> right.asArray().stream().noneMatch(one -> equalsAny(values, one));
            default -> values.stream().anyMatch(value -> ordered(operator, value, right));
        };
    }

    private static boolean equalsAny(List<BsonValue> values, BsonValue right) {
        if (right.isNull()) {
            return values.isEmpty()
                    || values.stream().anyMatch(v -> v.isNull() || v.getBsonType() == BsonType.UNDEFINED);
        }
        if (right.isRegularExpression()) {
            Pattern pattern = pattern(right.asRegularExpression());
            return values.stream()
                    .anyMatch(v -> v.isString()
                                    && pattern.matcher(v.asString().getValue()).find()
                            || v.equals(right));
        }
        return values.stream().anyMatch(value -> value.equals(right) || ordered("$eq", value, right));
    }

    /** As PCRE reads it: a line ends with a line feed only. */
    private static Pattern pattern(BsonRegularExpression regex) {
        int flags = Pattern.UNIX_LINES;
        for (char option : regex.getOptions().toCharArray()) {
            flags |= switch (option) {
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 's' -> Pattern.DOTALL;
                case 'm' -> Pattern.MULTILINE;
                case 'x' -> Pattern.COMMENTS;
                default -> 0;
            };
        }
        return Pattern.compile(regex.getPattern(), flags);
    }

    private static boolean ordered(String operator, BsonValue left, BsonValue right) {
        if (left.isNumber() && right.isNumber()) {
            return orderedNumbers(operator, left, right);
        }
        if (left.getBsonType() != right.getBsonType()) {
            return false;
        }
        int order = switch (left.getBsonType()) {
            case STRING ->
                byCodePoint(left.asString().getValue(), right.asString().getValue());
            case DATE_TIME ->
                Long.compare(left.asDateTime().getValue(), right.asDateTime().getValue());
            case BOOLEAN ->
                Boolean.compare(left.asBoolean().getValue(), right.asBoolean().getValue());
            case OBJECT_ID ->
                left.asObjectId().getValue().compareTo(right.asObjectId().getValue());
            // The compiler refuses ranges of other types; here they are equal or not.
            default -> left.equals(right) ? 0 : 1;
        };
        return holds(operator, order);
    }

    private static boolean orderedNumbers(String operator, BsonValue left, BsonValue right) {
        boolean leftNaN = isNaN(left);
        boolean rightNaN = isNaN(right);
        if (leftNaN || rightNaN) {
            // NaN equals itself and is in no order with other numbers.
            return leftNaN && rightNaN && !operator.equals("$gt") && !operator.equals("$lt");
        }
        double leftDouble =
                left.isDecimal128() ? nearest(left) : left.asNumber().doubleValue();
        double rightDouble =
                right.isDecimal128() ? nearest(right) : right.asNumber().doubleValue();
        int order = isInfinite(left) || isInfinite(right)
                ? Double.compare(leftDouble, rightDouble)
                : exact(left).compareTo(exact(right));
        return holds(operator, order);
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "$gt" -> order > 0;
            case "$gte" -> order >= 0;
            case "$lt" -> order < 0;
            case "$lte" -> order <= 0;
            default -> order == 0;
        };
    }

    private static boolean isNaN(BsonValue number) {
        return number.isDecimal128()
                ? number.asDecimal128().getValue().isNaN()
                : Double.isNaN(number.asNumber().doubleValue());
    }

    private static boolean isInfinite(BsonValue number) {
        return number.isDecimal128()
                ? number.asDecimal128().getValue().isInfinite()
                : Double.isInfinite(number.asNumber().doubleValue());
    }

    private static double nearest(BsonValue decimal) {
        Decimal128 value = decimal.asDecimal128().getValue();
        if (value.isInfinite()) {
            return value.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(value.toString());
    }

    private static BigDecimal exact(BsonValue number) {
        return switch (number.getBsonType()) {
            case INT32, INT64 -> BigDecimal.valueOf(number.asNumber().longValue());
            case DOUBLE -> new BigDecimal(number.asDouble().getValue());
            default -> new BigDecimal(number.asDecimal128().getValue().toString());
        };
    }

    private static int byCodePoint(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
