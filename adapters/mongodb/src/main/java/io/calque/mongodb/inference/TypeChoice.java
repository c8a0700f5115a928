package io.calque.mongodb.inference;

import io.calque.spi.type.DataType;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonType;

/**
 * Chooses the narrowest SQL type that holds every value of a field without loss.
 *
 * @param type of the column
 * @param mixed whether the values have no common type
 */
record TypeChoice(DataType type, boolean mixed) {
    private static final Set<BsonType> INTEGERS = EnumSet.of(BsonType.INT32, BsonType.INT64);
    private static final Set<BsonType> EXACT = EnumSet.of(BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128);
    private static final Set<BsonType> NUMBERS =
            EnumSet.of(BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128, BsonType.DOUBLE);
    private static final Set<BsonType> TEXTS = EnumSet.of(BsonType.STRING, BsonType.OBJECT_ID, BsonType.SYMBOL);

    /**
     * @param types of scalars and, where they became one column, of documents and arrays
     * @param dates what a field of instants at midnight is
     */
    static TypeChoice of(
            FieldProfile field, Set<BsonType> types, DataType dates, MixedTypes policy, LegacyUuids legacy) {
        Optional<DataType> common = common(field, types, dates, legacy);
        if (common.isPresent()) {
            return new TypeChoice(common.get(), false);
        }
        if (policy == MixedTypes.TEXT || types.contains(BsonType.DOCUMENT) || types.contains(BsonType.ARRAY)) {
            return new TypeChoice(DataType.VARCHAR, true);
        }
        BsonType commonest = types.stream()
                .max(Comparator.comparingLong(field::count).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        return new TypeChoice(
                common(field, EnumSet.of(commonest), dates, legacy).orElseGet(() -> narrowed(field, commonest)), false);
    }

    /** For values that do not all fit: a DECIMAL with room for all digits before the point. */
    private static DataType narrowed(FieldProfile field, BsonType type) {
        return type == BsonType.DECIMAL128
                ? DataType.decimal(
                        DataType.MAX_PRECISION,
                        Math.min(field.maxScale(), Math.max(0, DataType.MAX_PRECISION - field.maxIntegerDigits())))
                : DataType.VARCHAR;
    }

    private static Optional<DataType> common(
            FieldProfile field, Set<BsonType> types, DataType dates, LegacyUuids legacy) {
        if (types.isEmpty()) {
            return Optional.of(DataType.VARCHAR);
        }
        if (types.equals(EnumSet.of(BsonType.INT32))) {
            return Optional.of(DataType.INTEGER);
        }
        if (INTEGERS.containsAll(types)) {
            return Optional.of(DataType.BIGINT);
        }
        if (EXACT.containsAll(types)) {
            return field.fitsDecimal()
                    ? Optional.of(DataType.decimal(DataType.MAX_PRECISION, field.maxScale()))
                    : Optional.empty();
        }
        if (NUMBERS.containsAll(types)) {
            return Optional.of(DataType.DOUBLE);
        }
        if (TEXTS.containsAll(types)) {
            return Optional.of(DataType.VARCHAR);
        }
        if (types.size() > 1) {
            return Optional.empty();
        }
        Map<BsonType, DataType> single = Map.of(
                BsonType.BOOLEAN, DataType.BOOLEAN,
                BsonType.DATE_TIME, dates,
                BsonType.TIMESTAMP, DataType.TIMESTAMP,
                BsonType.BINARY, isUuid(field, legacy) ? DataType.VARCHAR : DataType.VARBINARY,
                BsonType.REGULAR_EXPRESSION, DataType.VARCHAR,
                BsonType.JAVASCRIPT, DataType.VARCHAR);
        return Optional.ofNullable(single.get(types.iterator().next()));
    }

    private static boolean isUuid(FieldProfile field, LegacyUuids legacy) {
        return field.onlyUuids() || legacy != LegacyUuids.UNSPECIFIED && field.onlyLegacyUuids();
    }
}
