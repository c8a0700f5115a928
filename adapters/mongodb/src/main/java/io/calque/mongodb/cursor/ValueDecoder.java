package io.calque.mongodb.cursor;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Reads a BSON value as an engine type, without loss: what the type cannot hold is empty. Stateless.
 *
 * <p>A whole number fits an integer column whatever its BSON type, as MongoDB compares numbers by value.
 */
final class ValueDecoder {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private ValueDecoder() {}

    /**
     * @param value not null and not missing
     * @return the boxed engine value; empty when it does not fit
     */
    static Optional<Object> decode(BsonValue value, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> value.isBoolean() ? Optional.of(value.asBoolean().getValue()) : Optional.empty();
            case SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case REAL, DOUBLE -> floating(value);
            case DECIMAL -> decimal(value, type.precision(), type.scale());
            case VARCHAR -> text(value);
            case VARBINARY -> value.isBinary() ? Optional.of(value.asBinary().getData()) : Optional.empty();
            case DATE ->
                value.isDateTime() && Math.floorMod(value.asDateTime().getValue(), MILLIS_PER_DAY) == 0
                        ? Optional.of(Math.floorDiv(value.asDateTime().getValue(), MILLIS_PER_DAY))
                        : Optional.empty();
            case TIMESTAMP, TIMESTAMP_TZ -> instant(value);
            case TIME -> Optional.empty();
            case ARRAY -> array(value, type.elementType());
        };
    }

    private static Optional<Object> integer(BsonValue value, long min, long max) {
        switch (value.getBsonType()) {
            case INT32 -> {
                return within(value.asInt32().getValue(), min, max);
            }
            case INT64 -> {
                return within(value.asInt64().getValue(), min, max);
            }
            case DOUBLE, DECIMAL128 -> {
                Optional<BigDecimal> number = number(value);
                if (number.isEmpty() || number.get().stripTrailingZeros().scale() > 0) {
                    return Optional.empty();
                }
                BigInteger whole = number.get().toBigInteger();
                return whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0
                        ? Optional.empty()
                        : within(whole.longValue(), min, max);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static Optional<Object> within(long value, long min, long max) {
        return value < min || value > max ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Object> floating(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOUBLE -> Optional.of(value.asDouble().getValue());
            case INT32 -> Optional.of((double) value.asInt32().getValue());
            case INT64 -> Optional.of((double) value.asInt64().getValue());
            case DECIMAL128 -> special(value.asDecimal128().getValue());
            default -> Optional.empty();
        };
    }

    private static Optional<Object> special(Decimal128 value) {
        if (value.isNaN()) {
            return Optional.of(Double.NaN);
        }
        if (value.isInfinite()) {
            return Optional.of(value.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        // Decimal128 reaches beyond DOUBLE: infinity would be another value.
        double nearest = plain(value).doubleValue();
        return Double.isInfinite(nearest) ? Optional.empty() : Optional.of(nearest);
    }

    private static Optional<Object> decimal(BsonValue value, int precision, int scale) {
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal given = number.get();
        // A huge exponent must not be spelled out in digits before it is refused.
        if (given.signum() != 0 && given.precision() - (long) given.scale() > precision - scale) {
            return Optional.empty();
        }
        if (given.scale() == scale) {
            return Optional.of(given);
        }
        if (given.scale() > scale && given.stripTrailingZeros().scale() > scale) {
            return Optional.empty();
        }
        return Optional.of(given.setScale(scale, RoundingMode.UNNECESSARY));
    }

    /** The exact number; empty for what is no number, NaN and the infinities. */
    static Optional<BigDecimal> number(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> Optional.of(BigDecimal.valueOf(value.asInt32().getValue()));
            case INT64 -> Optional.of(BigDecimal.valueOf(value.asInt64().getValue()));
            case DOUBLE ->
                Double.isFinite(value.asDouble().getValue())
                        ? Optional.of(new BigDecimal(value.asDouble().getValue()))
                        : Optional.empty();
            case DECIMAL128 ->
                value.asDecimal128().getValue().isFinite()
                        ? Optional.of(plain(value.asDecimal128().getValue()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Decimal128 has a negative zero, BigDecimal has none and throws. */
    static BigDecimal plain(Decimal128 value) {
        try {
            return value.bigDecimalValue();
        } catch (ArithmeticException negativeZero) {
            return BigDecimal.ZERO;
        }
    }

    private static Optional<Object> text(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> Optional.of(value.asString().getValue());
            case SYMBOL, OBJECT_ID, JAVASCRIPT, REGULAR_EXPRESSION -> Optional.of(BsonText.of(value));
            case BINARY -> uuid(value.asBinary());
            default -> Optional.empty();
        };
    }

    private static Optional<Object> uuid(BsonBinary binary) {
        return BsonText.isUuid(binary) ? Optional.of(BsonText.uuid(binary)) : Optional.empty();
    }

    private static Optional<Object> instant(BsonValue value) {
        return switch (value.getBsonType()) {
            case DATE_TIME -> Optional.of(value.asDateTime().getValue());
            case TIMESTAMP ->
                Optional.of(Integer.toUnsignedLong(value.asTimestamp().getTime()) * 1000L);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> array(BsonValue value, DataType elementType) {
        if (!value.isArray()) {
            // MongoDB's own queries treat a scalar as an array of one; so do its users.
            return decode(value, elementType).map(List::of);
        }
        List<@Nullable Object> elements = new ArrayList<>(value.asArray().size());
        for (BsonValue element : value.asArray()) {
            if (element.isNull()) {
                elements.add(null);
                continue;
            }
            Optional<Object> decoded = decode(element, elementType);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            elements.add(decoded.get());
        }
        return Optional.of(elements);
    }
}
