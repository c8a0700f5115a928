package io.calque.mongodb.cursor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.bson.BsonSerializationException;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Values where they stand in a document's bytes. Stateless. */
final class BsonBytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int OBJECT_ID_BYTES = 12;
    private static final int DECIMAL_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

    private BsonBytes() {}

    static int int32(byte[] data, int at) {
        return (int) INTS.get(data, at);
    }

    static long int64(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    static double float64(byte[] data, int at) {
        return Double.longBitsToDouble(int64(data, at));
    }

    static String string(byte[] data, int at) {
        // its length counts the NUL at its end
        return new String(data, at + Integer.BYTES, int32(data, at) - 1, StandardCharsets.UTF_8);
    }

    static String objectId(byte[] data, int at) {
        return HEX.formatHex(data, at, at + OBJECT_ID_BYTES);
    }

    /** Where the NUL of a name stands. */
    static int endOfName(byte[] data, int at) {
        int end = at;
        while (data[end] != 0) {
            end++;
        }
        return end;
    }

    /**
     * How many bytes a value takes.
     *
     * @param type as the byte before the field's name says
     * @throws BsonSerializationException when no document can hold that
     */
    static int size(byte type, byte[] data, int at) {
        int size = sizeOf(type(type), data, at);
        if (size < 0 || size > data.length - at) {
            throw new BsonSerializationException("A value of " + size + " bytes passes the end of its document");
        }
        return size;
    }

    /**
     * @throws BsonSerializationException when there is none of that number
     */
    static BsonType type(byte type) {
        BsonType known = BsonType.findByValue(type & 0xff);
        if (known == null) {
            throw new BsonSerializationException(
                    "A document holds a value of type " + type + ", which BSON does not know");
        }
        return known;
    }

    private static int sizeOf(BsonType type, byte[] data, int at) {
        return switch (type) {
            case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> Long.BYTES;
            case INT32 -> Integer.BYTES;
            case BOOLEAN -> 1;
            case OBJECT_ID -> OBJECT_ID_BYTES;
            case DECIMAL128 -> DECIMAL_BYTES;
            case STRING, JAVASCRIPT, SYMBOL -> Integer.BYTES + int32(data, at);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> int32(data, at);
            case BINARY -> Integer.BYTES + 1 + int32(data, at);
            case DB_POINTER -> Integer.BYTES + int32(data, at) + OBJECT_ID_BYTES;
            case REGULAR_EXPRESSION -> endOfName(data, endOfName(data, at) + 1) + 1 - at;
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY, END_OF_DOCUMENT -> 0;
        };
    }

    /** The value as an object: read by the driver, out of a document that holds nothing else. */
    static BsonValue value(byte type, byte[] data, int at) {
        int size = size(type, data, at);
        byte[] document = new byte[Integer.BYTES + 1 + 1 + size + 1];
        INTS.set(document, 0, document.length);
        document[Integer.BYTES] = type;
        System.arraycopy(data, at, document, Integer.BYTES + 2, size);
        return Objects.requireNonNull(
                new RawBsonDocument(document).decode(DOCUMENTS).get(""));
    }
}
