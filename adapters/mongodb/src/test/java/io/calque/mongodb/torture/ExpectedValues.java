package io.calque.mongodb.torture;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;

/** What SQL sees for a stored value, by docs/sources/mongodb.md and docs/semantics.md. Written apart from the adapter. Stateless. */
final class ExpectedValues {
    /** Stands for a value that its column cannot hold. */
    static final Object MISFIT = "<misfit>";

    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private ExpectedValues() {}

    static Object of(BsonValue stored, ColumnDescriptor column) {
        if (stored.isNull() || stored.getBsonType() == org.bson.BsonType.UNDEFINED) {
            return null;
        }
        boolean text = column.facts().containsKey("mixed") && column.type().equals(DataType.VARCHAR);
        return text ? text(stored) : of(stored, column.type());
    }

    private static Object of(BsonValue stored, DataType type) {
        return switch (type.kind()) {
            case INTEGER, BIGINT, SMALLINT -> whole(stored, type);
            case DOUBLE, REAL -> floating(stored);
            case DECIMAL -> decimal(stored, type);
            case BOOLEAN -> stored.isBoolean() ? stored.asBoolean().getValue() : MISFIT;
            case VARCHAR ->
                switch (stored.getBsonType()) {
                    case STRING, OBJECT_ID, SYMBOL, REGULAR_EXPRESSION, JAVASCRIPT -> text(stored);
                    case BINARY -> isUuid(stored.asBinary()) ? text(stored) : MISFIT;
                    default -> MISFIT;
                };
            case VARBINARY ->
                stored.isBinary() ? HexFormat.of().formatHex(stored.asBinary().getData()) : MISFIT;
            case TIMESTAMP ->
                stored.isDateTime()
                        ? (Object) stored.asDateTime().getValue()
                        : stored.isTimestamp()
                                ? Integer.toUnsignedLong(stored.asTimestamp().getTime()) * 1000
                                : MISFIT;
            case DATE ->
                stored.isDateTime() && stored.asDateTime().getValue() % 86_400_000 == 0
                        ? (Object) (stored.asDateTime().getValue() / 86_400_000)
                        : MISFIT;
            case ARRAY -> array(stored, type.elementType());
            case TIME, TIMESTAMP_TZ -> throw new IllegalArgumentException("no column has " + type);
        };
    }

    private static Object array(BsonValue stored, DataType element) {
        List<Object> values = new ArrayList<>();
        for (BsonValue value : stored.isArray() ? stored.asArray().getValues() : List.of(stored)) {
            Object one = value.isNull() ? null : of(value, element);
            if (one == MISFIT) {
                return MISFIT;
            }
            values.add(one);
        }
        return values;
    }

    private static Object whole(BsonValue stored, DataType type) {
        if (!stored.isNumber()) {
            return MISFIT;
        }
        Object number = exact(stored);
        if (!(number instanceof BigDecimal value) || value.stripTrailingZeros().scale() > 0) {
            return MISFIT;
        }
        BigDecimal limit = BigDecimal.valueOf(2).pow(type.equals(DataType.INTEGER) ? 31 : 63);
        boolean fits = value.compareTo(limit.negate()) >= 0 && value.compareTo(limit) < 0;
        return fits ? (Object) value.longValueExact() : MISFIT;
    }

    private static Object floating(BsonValue stored) {
        if (!stored.isNumber()) {
            return MISFIT;
        }
        double value = stored.isDecimal128()
                ? Double.parseDouble(stored.asDecimal128().getValue().toString())
                : stored.asNumber().doubleValue();
        boolean lost = Double.isInfinite(value)
                && stored.isDecimal128()
                && !stored.asDecimal128().getValue().isInfinite();
        return lost ? MISFIT : (Object) value;
    }

    private static Object decimal(BsonValue stored, DataType type) {
        if (!stored.isNumber() || !(exact(stored) instanceof BigDecimal value)) {
            return MISFIT;
        }
        boolean fits = value.signum() == 0
                || value.stripTrailingZeros().scale() <= type.scale()
                        && value.precision() - value.scale() <= type.precision() - type.scale();
        return fits ? value.setScale(type.scale()) : MISFIT;
    }

    private static Object exact(BsonValue stored) {
        return switch (stored.getBsonType()) {
            case INT32 -> BigDecimal.valueOf(stored.asInt32().getValue());
            case INT64 -> BigDecimal.valueOf(stored.asInt64().getValue());
            case DOUBLE ->
                Double.isFinite(stored.asDouble().getValue())
                        ? new BigDecimal(stored.asDouble().getValue())
                        : MISFIT;
            default ->
                stored.asDecimal128().getValue().isFinite()
                        ? number(stored.asDecimal128().getValue())
                        : MISFIT;
        };
    }

    private static BigDecimal number(Decimal128 value) {
        return new BigDecimal(value.toString());
    }

    private static boolean isUuid(BsonBinary binary) {
        return binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue();
    }

    private static String text(BsonValue stored) {
        return switch (stored.getBsonType()) {
            case STRING -> stored.asString().getValue();
            case SYMBOL -> stored.asSymbol().getSymbol();
            case INT32, INT64 -> Long.toString(stored.asNumber().longValue());
            case DOUBLE -> Double.toString(stored.asDouble().getValue());
            case DECIMAL128 -> {
                Decimal128 value = stored.asDecimal128().getValue();
                yield value.isFinite() ? plainText(value) : value.toString();
            }
            case BOOLEAN -> Boolean.toString(stored.asBoolean().getValue());
            case OBJECT_ID -> stored.asObjectId().getValue().toString();
            case DATE_TIME ->
                java.time.Instant.ofEpochMilli(stored.asDateTime().getValue()).toString();
            case TIMESTAMP ->
                java.time.Instant.ofEpochSecond(
                                Integer.toUnsignedLong(stored.asTimestamp().getTime()))
                        .toString();
            case BINARY ->
                isUuid(stored.asBinary())
                        ? stored.asBinary().asUuid(UuidRepresentation.STANDARD).toString()
                        : Base64.getEncoder().encodeToString(stored.asBinary().getData());
            case REGULAR_EXPRESSION ->
                "/" + stored.asRegularExpression().getPattern() + "/"
                        + stored.asRegularExpression().getOptions();
            case JAVASCRIPT -> stored.asJavaScript().getCode();
            default -> {
                String wrapped = new BsonDocument("v", stored).toJson(RELAXED);
                yield wrapped.substring("{\"v\": ".length(), wrapped.length() - 1);
            }
        };
    }

    /** Without a sign before a zero. */
    private static String plainText(Decimal128 value) {
        BigDecimal number = number(value);
        return value.isNegative() && number.signum() == 0 ? "0" : number.toPlainString();
    }
}
