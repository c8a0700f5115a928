package io.calque.mongodb.inference;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at one path: a histogram of BSON types, and what the choice of a SQL type needs beside it.
 * Single-threaded.
 */
final class FieldProfile {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final EnumMap<BsonType, Long> counts = new EnumMap<>(BsonType.class);
    private final Map<String, FieldProfile> children = new LinkedHashMap<>();
    private @Nullable FieldProfile element;
    private int maxScale;
    private boolean onlyMidnights = true;
    private boolean onlyUuids = true;
    private boolean onlyLegacyUuids = true;
    private int maxIntegerDigits;
    private boolean beyondDecimal;
    private final Set<String> referenced = new TreeSet<>();

    void add(BsonValue value) {
        BsonType type = value.getBsonType() == BsonType.UNDEFINED ? BsonType.NULL : value.getBsonType();
        counts.merge(type, 1L, Long::sum);
        switch (type) {
            case DOCUMENT -> addFields(value.asDocument());
            case ARRAY -> {
                FieldProfile elements = elementOrNew();
                value.asArray().forEach(elements::add);
            }
            case DECIMAL128 -> addDecimal(value.asDecimal128().getValue());
            case DATE_TIME -> onlyMidnights &= Math.floorMod(value.asDateTime().getValue(), MILLIS_PER_DAY) == 0;
            case BINARY -> addBinary(value.asBinary().getType());
            case INT32 -> addDigits(BigDecimal.valueOf(value.asInt32().getValue()));
            case INT64 -> addDigits(BigDecimal.valueOf(value.asInt64().getValue()));
            default -> {
                // The count is all there is to know.
            }
        }
    }

    private void addFields(BsonDocument document) {
        document.forEach((name, value) ->
                children.computeIfAbsent(name, n -> new FieldProfile()).add(value));
        // A DBRef names the collection that it refers to.
        if (document.isString("$ref") && document.containsKey("$id")) {
            referenced.add(document.getString("$ref").getValue());
        }
    }

    private void addBinary(byte subtype) {
        onlyUuids &= subtype == BsonBinarySubType.UUID_STANDARD.getValue();
        onlyLegacyUuids &= subtype == BsonBinarySubType.UUID_LEGACY.getValue();
    }

    private void addDigits(BigDecimal value) {
        maxIntegerDigits = Math.max(maxIntegerDigits, value.precision() - value.scale());
    }

    private void addDecimal(Decimal128 value) {
        if (value.isNaN() || value.isInfinite()) {
            // No number: it fits no DECIMAL whatever its scale.
            beyondDecimal = true;
            return;
        }
        // The text avoids BigDecimal's missing negative zero.
        String text = value.toString();
        int scale = text.startsWith("-0") && value.doubleValue() == 0
                ? 0
                : value.bigDecimalValue().stripTrailingZeros().scale();
        maxScale = Math.max(maxScale, declaredScale(value, scale));
        if (value.doubleValue() != 0 || !text.startsWith("-0")) {
            addDigits(value.bigDecimalValue());
        }
    }

    /** Prices such as 10.00 keep the two places that they are written with. */
    private static int declaredScale(Decimal128 value, int significant) {
        if (value.doubleValue() == 0) {
            return significant < 0 ? 0 : significant;
        }
        int written = value.bigDecimalValue().scale();
        return written > significant && written <= 6 ? written : Math.max(significant, 0);
    }

    /** A field that a validator or a person names but that no document held. */
    FieldProfile childOrNew(String name) {
        return children.computeIfAbsent(name, n -> new FieldProfile());
    }

    FieldProfile elementOrNew() {
        if (element == null) {
            element = new FieldProfile();
        }
        return element;
    }

    /** Adds what was seen elsewhere to what was seen here. */
    void absorb(FieldProfile other) {
        other.counts.forEach((type, count) -> counts.merge(type, count, Long::sum));
        other.children.forEach((name, child) -> childOrNew(name).absorb(child));
        if (other.element != null) {
            elementOrNew().absorb(other.element);
        }
        maxScale = Math.max(maxScale, other.maxScale);
        onlyMidnights &= other.onlyMidnights;
        onlyUuids &= other.onlyUuids;
        onlyLegacyUuids &= other.onlyLegacyUuids;
        maxIntegerDigits = Math.max(maxIntegerDigits, other.maxIntegerDigits);
        beyondDecimal |= other.beyondDecimal;
        referenced.addAll(other.referenced);
    }

    /** A type that may occur although it was not seen. */
    void declare(BsonType type) {
        counts.putIfAbsent(type, 0L);
    }

    /** Types other than null, seen or declared. */
    Set<BsonType> types() {
        Set<BsonType> types = counts.isEmpty() ? EnumSet.noneOf(BsonType.class) : EnumSet.copyOf(counts.keySet());
        types.remove(BsonType.NULL);
        return types;
    }

    long count(BsonType type) {
        return counts.getOrDefault(type, 0L);
    }

    /** Values seen, null among them; documents without the field are not. */
    long present() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long nonNull() {
        return present() - count(BsonType.NULL);
    }

    /** How often each of these types was seen, for people: {@code int (97.5 %), string (2.5 %)}. */
    String shares(Set<BsonType> types) {
        double all = Math.max(1, types.stream().mapToLong(this::count).sum());
        return types.stream()
                .map(type -> BsonTypeNames.of(type) + (count(type) == 0 ? " (declared)" : share(count(type) / all)))
                .collect(Collectors.joining(", "));
    }

    private static String share(double part) {
        return " ("
                + BigDecimal.valueOf(100 * part)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %)";
    }

    Map<String, FieldProfile> children() {
        return Collections.unmodifiableMap(children);
    }

    /** Of all arrays at this path together; null when none was seen. */
    @Nullable FieldProfile element() {
        return element;
    }

    int maxScale() {
        return maxScale;
    }

    boolean onlyMidnights() {
        return onlyMidnights && count(BsonType.DATE_TIME) > 0;
    }

    /** Whether some DECIMAL of 38 digits holds all exact numbers seen. */
    boolean fitsDecimal() {
        return !beyondDecimal && maxIntegerDigits + maxScale <= DataType.MAX_PRECISION;
    }

    /** Digits before the point, at most. */
    int maxIntegerDigits() {
        return maxIntegerDigits;
    }

    /** Whether every binary value is a UUID as drivers wrote them before subtype 4. */
    boolean onlyLegacyUuids() {
        return onlyLegacyUuids && count(BsonType.BINARY) > 0;
    }

    /** The collections that documents at this path refer to as DBRefs. */
    Set<String> referenced() {
        return Collections.unmodifiableSet(referenced);
    }

    boolean onlyUuids() {
        return onlyUuids && types().contains(BsonType.BINARY);
    }
}
