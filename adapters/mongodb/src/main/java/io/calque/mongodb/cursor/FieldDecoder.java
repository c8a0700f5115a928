package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.Locale;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;

/** Reads one column out of result documents. Single-threaded. */
final class FieldDecoder {
    private static final int SHOWN_CHARACTERS = 80;
    private static final int UUID_BYTES = 16;
    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final DecoderContext CONTEXT = DecoderContext.builder().build();

    private final SourceId source;
    private final ResultField field;
    private final DataType type;
    private final Mismatch mismatch;
    private final ColumnBuilder builder;

    FieldDecoder(SourceId source, ResultField field, Mismatch mismatch, int capacity) {
        this.source = source;
        this.field = field;
        this.type = field.column().type();
        this.mismatch = mismatch;
        this.builder = new ColumnBuilder(type, capacity);
    }

    ColumnBuilder builder() {
        return builder;
    }

    /** Reads the value that the reader stands at; the commonest pairs of types without boxing. */
    void read(BsonReader reader, int row) {
        if (builder.size() > row) {
            // BSON allows a name twice in one document; the first counts.
            reader.skipValue();
            return;
        }
        BsonType given = reader.getCurrentBsonType();
        TypeKind kind = type.kind();
        if (field.accepts() == Accepts.EXACT) {
            if (given == BsonType.INT32 && (kind == TypeKind.INTEGER || kind == TypeKind.BIGINT)) {
                builder.appendLong(reader.readInt32());
                return;
            }
            if (given == BsonType.STRING && kind == TypeKind.VARCHAR) {
                builder.appendObject(reader.readString());
                return;
            }
            if (given == BsonType.INT64 && kind == TypeKind.BIGINT) {
                builder.appendLong(reader.readInt64());
                return;
            }
            if (given == BsonType.DOUBLE && kind == TypeKind.DOUBLE) {
                builder.appendDouble(reader.readDouble());
                return;
            }
            if (given == BsonType.OBJECT_ID && kind == TypeKind.VARCHAR) {
                builder.appendObject(reader.readObjectId().toHexString());
                return;
            }
            if (given == BsonType.DATE_TIME && kind == TypeKind.TIMESTAMP) {
                builder.appendLong(reader.readDateTime());
                return;
            }
        }
        append(VALUES.decode(reader, CONTEXT));
    }

    /** A step of the path is an array where the registry knows a document. */
    void unexpectedArray(BsonReader reader, int row) {
        if (builder.size() > row) {
            reader.skipValue();
            return;
        }
        reject(VALUES.decode(reader, CONTEXT));
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
