package io.calque.mongodb.pipeline;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a stored field with a value, in the query language that indexes serve. Immutable.
 *
 * <p>SQL's comparison is true for no NULL. {@code {a: {$lt: 5}}} agrees, because comparisons stay within a type bracket;
 * {@code {a: {$ne: 5}}} does not, so null is excluded beside the value.
 *
 * @param path dotted
 * @param type the engine type that the value arrives in
 * @param stored how the field keeps such values
 */
public record Comparison(String path, Operator operator, DataType type, Stored stored) {
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** SQL's six comparisons. */
    public enum Operator {
        EQUAL("$eq"),
        NOT_EQUAL("$ne"),
        LESS("$lt"),
        LESS_OR_EQUAL("$lte"),
        GREATER("$gt"),
        GREATER_OR_EQUAL("$gte");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** What holds exactly where this is false: neither holds for NULL. */
        public Operator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** The same comparison with its sides exchanged. */
        public Operator mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL, NOT_EQUAL -> this;
            };
        }
    }

    /** How a field keeps the values that SQL sees. */
    public enum Stored {
        /** As the type says: numbers as numbers, text as strings. */
        AS_TYPED,
        /** SQL sees the hexadecimal text of an ObjectId. */
        OBJECT_ID,
        /** Some documents hold an ObjectId, others a string. */
        OBJECT_ID_OR_STRING,
        /** SQL sees the text of a UUID. */
        UUID
    }

    /** A predicate that holds for no document. */
    public static BsonDocument nothing() {
        return new BsonDocument("$nor", new BsonArray(List.of(new BsonDocument())));
    }

    /** A predicate that holds where the field has a value. */
    public static BsonDocument notNull(String path) {
        return new BsonDocument(path, new BsonDocument("$ne", BsonNull.VALUE));
    }

    /** A predicate that holds where the field is null or missing. */
    public static BsonDocument isNull(String path) {
        return new BsonDocument(path, BsonNull.VALUE);
    }

    /** The predicate for one value; null is SQL NULL. */
    public BsonDocument with(@Nullable Object value) {
        if (value == null) {
            return nothing();
        }
        if (isUnrepresentable(value) && value instanceof BigDecimal decimal) {
            return withUnrepresentable(decimal);
        }
        List<BsonValue> encoded = encode(value);
        return switch (operator) {
            case EQUAL ->
                switch (encoded.size()) {
                    case 0 -> nothing();
                    case 1 -> new BsonDocument(path, encoded.get(0));
                    default -> new BsonDocument(path, new BsonDocument("$in", new BsonArray(encoded)));
                };
            case NOT_EQUAL -> noneOf(path, encoded);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new BsonDocument(path, new BsonDocument(operator.word(), encoded.get(0)));
        };
    }

    /** The predicate that holds where the field equals one of these; none is null. */
    BsonDocument among(List<Object> keys) {
        List<BsonValue> encoded = new ArrayList<>();
        keys.forEach(key -> encoded.addAll(encode(key)));
        return encoded.isEmpty() ? nothing() : new BsonDocument(path, new BsonDocument("$in", new BsonArray(encoded)));
    }

    /** How {@link #among} prints while the keys are not known. */
    BsonDocument shownAmong(BsonValue hole) {
        return new BsonDocument(path, new BsonDocument("$in", hole));
    }

    /** A predicate that holds where the field has a value that is not among these. */
    public static BsonDocument noneOf(String path, List<BsonValue> values) {
        if (values.isEmpty()) {
            return notNull(path);
        }
        List<BsonValue> excluded = new ArrayList<>(values);
        excluded.add(BsonNull.VALUE);
        return new BsonDocument(path, new BsonDocument("$nin", new BsonArray(excluded)));
    }

    /** The BSON values that equal an engine value; none when no stored value can. */
    public List<BsonValue> encode(Object value) {
        return switch (stored) {
            case AS_TYPED ->
                value instanceof BigDecimal decimal && !EngineValues.fits(decimal)
                        ? List.of()
                        : List.of(EngineValues.toBson(value, type));
            case OBJECT_ID ->
                OBJECT_ID.matcher((String) value).matches()
                        ? List.of(new BsonObjectId(new ObjectId((String) value)))
                        : List.of();
            case OBJECT_ID_OR_STRING ->
                OBJECT_ID.matcher((String) value).matches()
                        ? List.of(new BsonObjectId(new ObjectId((String) value)), new BsonString((String) value))
                        : List.of(new BsonString((String) value));
            case UUID ->
                UUID_TEXT.matcher(((String) value)).matches()
                        ? List.of(new BsonBinary(UUID.fromString(((String) value).toLowerCase(Locale.ROOT))))
                        : List.of();
        };
    }

    private boolean isUnrepresentable(Object value) {
        return type.kind() == TypeKind.DECIMAL && value instanceof BigDecimal decimal && !EngineValues.fits(decimal);
    }

    /** No stored number equals it, so only the neighbours count. */
    private BsonDocument withUnrepresentable(BigDecimal value) {
        return switch (operator) {
            case EQUAL -> nothing();
            case NOT_EQUAL -> notNull(path);
            case LESS, LESS_OR_EQUAL ->
                new BsonDocument(
                        path,
                        new BsonDocument(
                                Operator.LESS_OR_EQUAL.word(), EngineValues.rounded(value, RoundingMode.FLOOR)));
            case GREATER, GREATER_OR_EQUAL ->
                new BsonDocument(
                        path,
                        new BsonDocument(
                                Operator.GREATER_OR_EQUAL.word(), EngineValues.rounded(value, RoundingMode.CEILING)));
        };
    }

    /** How it prints while the value is not known. */
    BsonDocument shown(BsonValue hole) {
        return switch (operator) {
            case EQUAL -> new BsonDocument(path, hole);
            case NOT_EQUAL -> noneOf(path, List.of(hole));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new BsonDocument(path, new BsonDocument(operator.word(), hole));
        };
    }
}
