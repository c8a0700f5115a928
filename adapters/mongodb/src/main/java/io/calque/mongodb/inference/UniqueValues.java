package io.calque.mongodb.inference;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.DataType;
import java.util.EnumSet;
import java.util.Set;
import org.bson.BsonType;

/**
 * Whether values that MongoDB keeps apart are apart in SQL too, so that a unique index proves a key: the ObjectId
 * {@code 0123...} and the string {@code "0123..."} are two values there and one text here. Stateless.
 */
final class UniqueValues {
    private static final Set<BsonType> FLOATING = EnumSet.of(BsonType.INT32, BsonType.DOUBLE);

    private UniqueValues() {}

    static boolean remainUnique(ColumnDescriptor column) {
        Set<BsonType> types = ColumnFacts.types(column);
        if (ColumnFacts.isMixed(column)) {
            return false;
        }
        DataType type = column.type();
        return switch (type.kind()) {
            // A type without loss for all numbers but DOUBLE, which takes neighbours among 64-bit integers for one.
            case SMALLINT, INTEGER, BIGINT, DECIMAL, BOOLEAN -> true;
            case REAL, DOUBLE -> FLOATING.containsAll(types);
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> !types.contains(BsonType.TIMESTAMP);
            // A regular expression and the text that shows it, a symbol and a string: two types may share a text.
            case VARCHAR -> types.size() <= 1;
            // Subtypes differ in MongoDB only.
            case VARBINARY, ARRAY, TIME -> false;
        };
    }
}
