package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.BsonTypeNames;
import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.inference.LegacyUuids;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.EnumSet;
import java.util.Set;
import org.bson.BsonType;

/**
 * What may be done with a column so that MongoDB's answer is the engine's: it depends on the BSON types behind it, because
 * MongoDB compares, sorts and groups values by their own types and the engine by the column's. Stateless.
 */
final class FieldUse {
    private static final Set<BsonType> NUMBERS =
            EnumSet.of(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128);

    private FieldUse() {}

    /** Reads the field's value as it is. */
    static void requireReadable(Field field) {
        if (field.source() instanceof Path path && !path.isAddressable()) {
            throw new Refused("pipelines cannot name the field " + field.name());
        }
    }

    /** Tells NULL from a value. */
    static void requireNullTest(Field field) {
        requireReadable(field);
        if (field.type().kind() == TypeKind.ARRAY || types(field).contains(BsonType.ARRAY)) {
            throw new Refused("MongoDB looks for NULL inside the array " + field.name());
        }
        if (!isText(field)) {
            requireOneBracket(field);
        }
    }

    /** Tells NULL from a value in an aggregation expression, which takes an array as a whole. */
    static void requireNullTestInExpression(Field field) {
        requireReadable(field);
        if (!isText(field) && field.type().kind() != TypeKind.ARRAY) {
            requireOneBracket(field);
        }
    }

    /** Compares for equality with a value of the column's type. */
    static Stored requireEquality(Field field) {
        requireReadable(field);
        requireOneBracket(field);
        Set<BsonType> types = types(field);
        switch (field.type().kind()) {
            case VARCHAR -> {
                return text(field, types);
            }
            case REAL, VARBINARY, ARRAY, TIME ->
                throw new Refused("values of type " + field.type() + " are compared here");
            case DOUBLE -> {
                if (types.contains(BsonType.INT64) || types.contains(BsonType.DECIMAL128)) {
                    throw new Refused(several(field) + ", which MongoDB compares without rounding to DOUBLE");
                }
                return Stored.AS_TYPED;
            }
            default -> {
                return Stored.AS_TYPED;
            }
        }
    }

    /** Compares which of two values is greater. */
    static Stored requireOrder(Field field) {
        Stored stored = requireEquality(field);
        if (stored == Stored.AS_TYPED && field.type().kind() == TypeKind.VARCHAR) {
            if (!ColumnFacts.ordersTextByCodePoint(field.table())) {
                throw new Refused("this server was not seen to order text by code point");
            }
            return stored;
        }
        if (stored == Stored.OBJECT_ID_OR_STRING || stored == Stored.UUID) {
            throw new Refused(several(field) + ", which MongoDB orders by type");
        }
        return stored;
    }

    /** Makes one group of equal values. */
    static void requireGrouping(Field field) {
        Stored stored = requireEquality(field);
        if (stored == Stored.OBJECT_ID_OR_STRING) {
            throw new Refused(several(field) + ", which MongoDB groups by type");
        }
    }

    /** Whether NaN may stand in the column. */
    static boolean mayBeNaN(Field field) {
        return field.type().kind() == TypeKind.DOUBLE
                && (field.column().isEmpty() || types(field).contains(BsonType.DOUBLE));
    }

    /** A string and nothing else. */
    static void requireString(Field field) {
        if (requireEquality(field) != Stored.AS_TYPED || field.type().kind() != TypeKind.VARCHAR) {
            throw new Refused(several(field) + ", not only text");
        }
    }

    private static Stored text(Field field, Set<BsonType> types) {
        if (field.table().facts().containsKey(ColumnFacts.COLLATION)) {
            throw new Refused("the collection compares text by collation "
                    + field.table().facts().get(ColumnFacts.COLLATION));
        }
        if (types.isEmpty() || types.equals(EnumSet.of(BsonType.STRING))) {
            return Stored.AS_TYPED;
        }
        if (types.equals(EnumSet.of(BsonType.OBJECT_ID))) {
            return Stored.OBJECT_ID;
        }
        if (types.equals(EnumSet.of(BsonType.OBJECT_ID, BsonType.STRING))) {
            return Stored.OBJECT_ID_OR_STRING;
        }
        if (types.equals(EnumSet.of(BsonType.BINARY))) {
            if (field.column().map(ColumnFacts::legacyUuids).orElse(LegacyUuids.UNSPECIFIED)
                    != LegacyUuids.UNSPECIFIED) {
                throw new Refused("column " + field.name() + " holds UUIDs in an order of bytes that is read here");
            }
            return Stored.UUID;
        }
        throw new Refused(several(field));
    }

    /** MongoDB compares only within one bracket of types, the engine all values of a column. */
    private static void requireOneBracket(Field field) {
        if (field.column().isEmpty()) {
            return;
        }
        ColumnDescriptor column = field.column().get();
        if (ColumnFacts.isMixed(column)) {
            throw new Refused("column " + field.name() + " holds several types ("
                    + column.facts().get(ColumnFacts.MIXED) + ")");
        }
        Set<BsonType> types = ColumnFacts.types(column);
        boolean fits = switch (field.type().kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, DOUBLE, REAL -> NUMBERS.containsAll(types);
            case BOOLEAN -> EnumSet.of(BsonType.BOOLEAN).containsAll(types);
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> EnumSet.of(BsonType.DATE_TIME).containsAll(types);
            case VARBINARY -> EnumSet.of(BsonType.BINARY).containsAll(types);
            case VARCHAR, ARRAY, TIME -> true;
        };
        if (!fits) {
            throw new Refused(several(field));
        }
    }

    private static boolean isText(Field field) {
        return field.type().equals(DataType.VARCHAR);
    }

    private static Set<BsonType> types(Field field) {
        return field.column().map(ColumnFacts::types).orElseGet(() -> EnumSet.noneOf(BsonType.class));
    }

    private static String several(Field field) {
        return "column " + field.name() + " holds " + BsonTypeNames.join(types(field));
    }
}
