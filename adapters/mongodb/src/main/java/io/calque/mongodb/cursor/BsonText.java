package io.calque.mongodb.cursor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;

/**
 * The text that SQL sees where a field has several types: numbers in plain digits, instants in ISO 8601, documents and arrays
 * as relaxed extended JSON. Stateless.
 */
final class BsonText {
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private BsonText() {}

    static String of(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case SYMBOL -> value.asSymbol().getSymbol();
            case INT32 -> Integer.toString(value.asInt32().getValue());
            case INT64 -> Long.toString(value.asInt64().getValue());
            case DOUBLE -> Double.toString(value.asDouble().getValue());
            case DECIMAL128 -> decimal(value.asDecimal128().getValue());
            case BOOLEAN -> Boolean.toString(value.asBoolean().getValue());
            case DATE_TIME ->
                Instant.ofEpochMilli(value.asDateTime().getValue()).toString();
            case TIMESTAMP ->
                Instant.ofEpochSecond(Integer.toUnsignedLong(value.asTimestamp().getTime()))
                        .toString();
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case BINARY -> binary(value.asBinary());
            case DOCUMENT -> value.asDocument().toJson(RELAXED);
            case ARRAY -> json(value);
            case JAVASCRIPT -> value.asJavaScript().getCode();
            case REGULAR_EXPRESSION ->
                "/" + value.asRegularExpression().getPattern() + "/"
                        + value.asRegularExpression().getOptions();
            // What has no text of its own: the ends of the order, code with a scope, old pointers.
            default -> json(value);
        };
    }

    static String uuid(BsonBinary binary) {
        byte[] bytes = binary.getData();
        if (bytes.length != 16) {
            return HexFormat.of().formatHex(bytes);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[i + 8] & 0xff);
        }
        return new UUID(high, low).toString();
    }

    static boolean isUuid(BsonBinary binary) {
        return binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue();
    }

    private static String binary(BsonBinary binary) {
        return isUuid(binary) ? uuid(binary) : Base64.getEncoder().encodeToString(binary.getData());
    }

    private static String decimal(Decimal128 value) {
        if (value.isNaN() || value.isInfinite()) {
            return value.toString();
        }
        BigDecimal number = value.isNegative() && isZero(value) ? BigDecimal.ZERO : value.bigDecimalValue();
        return number.toPlainString();
    }

    /** Decimal128's negative zero has no BigDecimal. */
    private static boolean isZero(Decimal128 value) {
        return value.doubleValue() == 0 && value.compareTo(Decimal128.POSITIVE_ZERO) == 0
                || value.toString().matches("-0(\\.0*)?(E[+-]?\\d+)?");
    }

    private static String json(BsonValue value) {
        String wrapped = new BsonDocument("a", value).toJson(RELAXED);
        return wrapped.substring(wrapped.indexOf(':') + 1, wrapped.length() - 1).strip();
    }
}
