package io.calque.mongodb.pipeline;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Engine values as BSON, exactly. Stateless. */
public final class EngineValues {
    /** Decimal128 (IEEE 754-2008) holds 34 digits. */
    public static final int DECIMAL128_DIGITS = 34;

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private EngineValues() {}

    /** Whether Decimal128 holds this number without rounding. */
    static boolean fits(BigDecimal value) {
        return value.signum() == 0 || value.stripTrailingZeros().precision() <= DECIMAL128_DIGITS;
    }

    /** The nearest number that Decimal128 holds, below or above. */
    static BsonValue rounded(BigDecimal value, RoundingMode direction) {
        return decimal(value.round(new MathContext(DECIMAL128_DIGITS, direction)));
    }

    /**
     * @param value in the conventions of {@link io.calque.spi.batch.ColumnVector#get}; a number may come in a narrower or wider
     *     box than {@code type} has
     */
    public static BsonValue toBson(Object value, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BsonBoolean.valueOf((Boolean) value);
            case SMALLINT, INTEGER -> new BsonInt32(Math.toIntExact(exact(value).longValueExact()));
            case BIGINT -> integer(exact(value).longValueExact());
            case REAL, DOUBLE -> new BsonDouble(((Number) value).doubleValue());
            case DECIMAL -> decimal(exact(value));
            case VARCHAR -> new BsonString((String) value);
            case VARBINARY -> new BsonBinary((byte[]) value);
            case DATE -> new BsonDateTime(Math.multiplyExact(((Number) value).longValue(), MILLIS_PER_DAY));
            case TIMESTAMP, TIMESTAMP_TZ -> new BsonDateTime(((Number) value).longValue());
            case TIME, ARRAY -> throw new IllegalArgumentException("MongoDB is never sent a " + type);
        };
    }

    /** MongoDB compares numbers by value, so the shorter spelling will do. */
    private static BsonValue integer(long value) {
        return (int) value == value ? new BsonInt32((int) value) : new BsonInt64(value);
    }

    private static BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(((Number) value).doubleValue());
        }
        return BigDecimal.valueOf(((Number) value).longValue());
    }

    private static BsonValue decimal(BigDecimal value) {
        BigDecimal held = value.precision() > DECIMAL128_DIGITS ? value.stripTrailingZeros() : value;
        return new BsonDecimal128(new Decimal128(held));
    }
}
