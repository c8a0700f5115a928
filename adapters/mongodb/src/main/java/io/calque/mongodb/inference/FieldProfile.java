package io.calque.mongodb.inference;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
            case BINARY -> onlyUuids &= value.asBinary().getType() == BsonBinarySubType.UUID_STANDARD.getValue();
            default -> {
                // The count is all there is to know.
            }
        }
    }

    private void addFields(BsonDocument document) {
        document.forEach((name, value) ->
                children.computeIfAbsent(name, n -> new FieldProfile()).add(value));
    }

    private void addDecimal(Decimal128 value) {
        if (value.isNaN() || value.isInfinite()) {
            // No number: it fits no DECIMAL whatever its scale.
            return;
        }
        // The text avoids BigDecimal's missing negative zero.
        String text = value.toString();
        int scale = text.startsWith("-0") && value.doubleValue() == 0
                ? 0
                : value.bigDecimalValue().stripTrailingZeros().scale();
        maxScale = Math.max(maxScale, declaredScale(value, scale));
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

    boolean onlyUuids() {
        return onlyUuids && types().contains(BsonType.BINARY);
    }
}
