package io.calque.mongodb.inference;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonType;

/** The aliases that MongoDB gives its types in {@code $type} and {@code bsonType}. Stateless. */
public final class BsonTypeNames {
    private BsonTypeNames() {}

    static String of(BsonType type) {
        return switch (type) {
            case DOUBLE -> "double";
            case STRING -> "string";
            case DOCUMENT -> "object";
            case ARRAY -> "array";
            case BINARY -> "binData";
            case UNDEFINED -> "undefined";
            case OBJECT_ID -> "objectId";
            case BOOLEAN -> "bool";
            case DATE_TIME -> "date";
            case NULL -> "null";
            case REGULAR_EXPRESSION -> "regex";
            case DB_POINTER -> "dbPointer";
            case JAVASCRIPT -> "javascript";
            case SYMBOL -> "symbol";
            case JAVASCRIPT_WITH_SCOPE -> "javascriptWithScope";
            case INT32 -> "int";
            case TIMESTAMP -> "timestamp";
            case INT64 -> "long";
            case DECIMAL128 -> "decimal";
            case MIN_KEY -> "minKey";
            case MAX_KEY -> "maxKey";
            case END_OF_DOCUMENT -> "none";
        };
    }

    /** Joined by a bar, in a fixed order: {@code int|long}. */
    public static String join(Collection<BsonType> types) {
        return types.isEmpty()
                ? "null"
                : EnumSet.copyOf(types).stream().map(BsonTypeNames::of).collect(Collectors.joining("|"));
    }

    /** Reads {@link #join} back. */
    public static Set<BsonType> split(String joined) {
        Set<BsonType> types = EnumSet.noneOf(BsonType.class);
        for (String name : joined.split("\\|")) {
            types.addAll(parse(name));
        }
        types.remove(BsonType.NULL);
        return types;
    }

    /** The types behind an alias; {@code number} stands for four. */
    static Set<BsonType> parse(String alias) {
        if (alias.equals("number")) {
            return EnumSet.of(BsonType.DOUBLE, BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128);
        }
        Optional<BsonType> found = Arrays.stream(BsonType.values())
                .filter(type -> of(type).equals(alias))
                .findFirst();
        return found.isPresent() ? EnumSet.of(found.get()) : EnumSet.noneOf(BsonType.class);
    }
}
