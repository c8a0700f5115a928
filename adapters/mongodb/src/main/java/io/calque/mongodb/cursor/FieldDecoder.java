package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;

/** Reads one column out of result documents. Single-threaded. */
final class FieldDecoder {
    private static final int SHOWN_CHARACTERS = 80;
    private static final int UUID_BYTES = 16;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    /** The two bits under the sign are both set for infinities, NaN, and coefficients that no decimal number of 34 digits has. */
    private static final long LARGE_COEFFICIENT = 3L << 61;

    private static final long COEFFICIENT_HIGH = (1L << 49) - 1;
    private static final long EXPONENT = Long.MAX_VALUE & ~COEFFICIENT_HIGH;
    private static final int EXPONENT_SHIFT = 49;
    private static final int EXPONENT_BIAS = 6176;
    /** Digits that a long has room for, whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final long[] POWERS = new long[MOST_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final SourceId source;
    private final ResultField field;
    private final DataType type;
    private final TypeKind kind;
    /** No unscaled value within the column's precision reaches it. */
    private final long bound;

    private final Mismatch mismatch;
    private final ColumnBuilder builder;

    FieldDecoder(SourceId source, ResultField field, Mismatch mismatch, int capacity) {
        this.source = source;
        this.field = field;
        this.type = field.column().type();
        this.kind = type.kind();
        this.bound = POWERS[kind == TypeKind.DECIMAL ? Math.min(type.precision(), MOST_DIGITS) : 0];
        this.mismatch = mismatch;
        this.builder = new ColumnBuilder(type, capacity);
    }

    ColumnBuilder builder() {
        return builder;
    }

    /**
     * Reads the value at this place of a document; the commonest pairs of types without an object for it.
     *
     * @param type as BSON numbers types
     */
    void read(byte type, byte[] data, int at, int row) {
        if (builder.size() > row) {
            // BSON allows a name twice in one document; the first counts.
            return;
        }
        BsonType given = BsonBytes.type(type);
        if (given == BsonType.NULL || given == BsonType.UNDEFINED) {
            return;
        }
        if (field.accepts() != Accepts.EXACT || !readPlain(given, data, at)) {
            append(BsonBytes.value(type, data, at));
        }
    }

    /** False for a pair of types that needs a closer look. */
    private boolean readPlain(BsonType given, byte[] data, int at) {
        switch (given) {
            case INT32 -> {
                if (kind == TypeKind.INTEGER || kind == TypeKind.BIGINT) {
                    builder.appendLong(BsonBytes.int32(data, at));
                    return true;
                }
            }
            case INT64 -> {
                if (kind == TypeKind.BIGINT) {
                    builder.appendLong(BsonBytes.int64(data, at));
                    return true;
                }
            }
            case STRING -> {
                if (kind == TypeKind.VARCHAR) {
                    builder.appendObject(BsonBytes.string(data, at));
                    return true;
                }
            }
            case OBJECT_ID -> {
                if (kind == TypeKind.VARCHAR) {
                    builder.appendObject(BsonBytes.objectId(data, at));
                    return true;
                }
            }
            case DOUBLE -> {
                if (kind == TypeKind.DOUBLE) {
                    builder.appendDouble(BsonBytes.float64(data, at));
                    return true;
                }
            }
            case BOOLEAN -> {
                if (kind == TypeKind.BOOLEAN) {
                    builder.appendBoolean(data[at] != 0);
                    return true;
                }
            }
            case DATE_TIME -> {
                return readInstant(BsonBytes.int64(data, at));
            }
            case DECIMAL128 -> {
                return kind == TypeKind.DECIMAL
                        && readDecimal(BsonBytes.int64(data, at), BsonBytes.int64(data, at + Long.BYTES));
            }
            default -> {
                return false;
            }
        }
        return false;
    }

    private boolean readInstant(long millis) {
        if (kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMP_TZ) {
            builder.appendLong(millis);
            return true;
        }
        if (kind == TypeKind.DATE && Math.floorMod(millis, MILLIS_PER_DAY) == 0) {
            builder.appendLong(Math.floorDiv(millis, MILLIS_PER_DAY));
            return true;
        }
        return false;
    }

    /** Decimal128 is an integer of up to 113 bits and a power of ten; most numbers that people keep fit a long at the column's scale. */
    private boolean readDecimal(long low, long high) {
        boolean plain = (high & LARGE_COEFFICIENT) != LARGE_COEFFICIENT && (high & COEFFICIENT_HIGH) == 0 && low >= 0;
        int exponent = (int) ((high & EXPONENT) >>> EXPONENT_SHIFT) - EXPONENT_BIAS;
        int added = type.scale() + exponent;
        if (!plain || added < 0 || added > MOST_DIGITS || low >= bound / POWERS[added]) {
            return false;
        }
        long unscaled = low * POWERS[added];
        builder.appendObject(BigDecimal.valueOf(high < 0 ? -unscaled : unscaled, type.scale()));
        return true;
    }

    /** A step of the path is an array where the registry knows a document. */
    void unexpectedArray(byte type, byte[] data, int at, int row) {
        if (builder.size() <= row) {
            reject(BsonBytes.value(type, data, at));
        }
    }

    /** After each document: a column that no field filled is NULL. */
    void finishRow(int row) {
        if (builder.size() > row) {
            return;
        }
        if (!field.column().nullable()) {
            throw new QueryException(
                    ErrorCode.SOURCE_VALUE_INVALID,
                    where() + " is null or missing, but is known as NOT NULL; introspect the source again");
        }
        builder.appendNull();
    }

    /** As {@link #unexpectedArray}. */
    void rejectArray(BsonValue array) {
        reject(array);
    }

    void append(BsonValue value) {
        if (value.isNull() || value.getBsonType() == BsonType.UNDEFINED) {
            return;
        }
        if (field.accepts() == Accepts.ANY_AS_TEXT) {
            builder.appendObject(BsonText.of(value));
            return;
        }
        if (field.accepts() == Accepts.EXACT_SUM
                && type.kind() != TypeKind.DOUBLE
                && (value.isDouble() || isNaN(value))) {
            throw new QueryException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    where()
                            + ": the sum is too large for MongoDB to compute exactly; switch pushdown of aggregates off");
        }
        Optional<Object> decoded = ValueDecoder.decode(inStandardOrder(value), type);
        if (decoded.isPresent()) {
            builder.append(decoded.get());
            return;
        }
        reject(value);
    }

    private BsonValue inStandardOrder(BsonValue value) {
        if (!value.isBinary()
                || value.asBinary().getType() != BsonBinarySubType.UUID_LEGACY.getValue()
                || value.asBinary().getData().length != UUID_BYTES) {
            return value;
        }
        return switch (field.accepts()) {
            case JAVA_LEGACY_UUID -> new BsonBinary(value.asBinary().asUuid(UuidRepresentation.JAVA_LEGACY));
            case C_SHARP_LEGACY_UUID -> new BsonBinary(value.asBinary().asUuid(UuidRepresentation.C_SHARP_LEGACY));
            case PYTHON_LEGACY_UUID -> new BsonBinary(value.asBinary().asUuid(UuidRepresentation.PYTHON_LEGACY));
            case EXACT, ANY_AS_TEXT, EXACT_SUM -> value;
        };
    }

    private static boolean isNaN(BsonValue value) {
        return value.isDecimal128() && value.asDecimal128().getValue().isNaN();
    }

    private void reject(BsonValue value) {
        if (mismatch == Mismatch.NULL && field.column().nullable()) {
            builder.appendNull();
            return;
        }
        throw new QueryException(
                ErrorCode.SOURCE_VALUE_INVALID,
                where() + " holds " + shown(value) + ", which does not fit " + type
                        + ". Declare its type with option 'type." + field.origin()
                        + "' of the source, or set 'mixed_types: null' to read such values as NULL");
    }

    private String where() {
        return "Source '" + source + "', field " + field.origin();
    }

    private static String shown(BsonValue value) {
        String kind = value.getBsonType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String text = BsonText.of(value);
        return kind + " " + (text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...");
    }
}
