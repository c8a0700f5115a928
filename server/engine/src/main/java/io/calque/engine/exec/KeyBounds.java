package io.calque.engine.exec;

import io.calque.planner.lowering.CodePoints;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The least and the greatest of the keys that were seen: numbers, days, or text by code point. Single-threaded. */
final class KeyBounds {
    private @Nullable Object least;
    private @Nullable Object greatest;

    void add(Object key) {
        if (least == null || compare(key, least) < 0) {
            least = key;
        }
        if (greatest == null || compare(key, greatest) > 0) {
            greatest = key;
        }
    }

    private static int compare(Object a, Object b) {
        if (a instanceof String text) {
            return CodePoints.compare(text, (String) b);
        }
        return a instanceof BigDecimal || b instanceof BigDecimal
                ? exact(a).compareTo(exact(b))
                : Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }

    private static BigDecimal exact(Object key) {
        return key instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) key).longValue());
    }

    /**
     * Two values of a column; no value of it is outside of them and equals a key.
     *
     * @param isEmpty whether no value of the column can be between them
     */
    record Range(Object least, Object greatest, boolean isEmpty) {
        /** For people. */
        String shown(DataType type) {
            return type.kind() == TypeKind.DATE ? day(least) + " to " + day(greatest) : least + " to " + greatest;
        }

        private static LocalDate day(Object value) {
            return LocalDate.ofEpochDay(((Number) value).longValue());
        }
    }

    /** The narrowest range of a column of this type that holds all keys; empty where there was none, or such columns have no bounds. */
    Optional<Range> as(DataType type) {
        if (least == null) {
            return Optional.empty();
        }
        Object low = Objects.requireNonNull(least);
        Object high = Objects.requireNonNull(greatest);
        return switch (type.kind()) {
            case SMALLINT -> Optional.of(whole(low, high, Short.MIN_VALUE, Short.MAX_VALUE));
            case INTEGER -> Optional.of(whole(low, high, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> Optional.of(whole(low, high, Long.MIN_VALUE, Long.MAX_VALUE));
            case DECIMAL -> Optional.of(decimal(low, high, type));
            case DATE -> Optional.of(new Range(((Number) low).longValue(), ((Number) high).longValue(), false));
            case VARCHAR -> Optional.of(new Range(low, high, false));
            default -> Optional.empty();
        };
    }

    private static Range whole(Object low, Object high, long smallest, long largest) {
        BigDecimal from = exact(low).setScale(0, RoundingMode.CEILING).max(BigDecimal.valueOf(smallest));
        BigDecimal to = exact(high).setScale(0, RoundingMode.FLOOR).min(BigDecimal.valueOf(largest));
        return from.compareTo(to) > 0
                ? new Range(0L, 0L, true)
                : new Range(from.longValueExact(), to.longValueExact(), false);
    }

    /** What the column cannot hold is not sent either: a source may take it for another number. */
    private static Range decimal(Object low, Object high, DataType type) {
        BigDecimal largest = BigDecimal.ONE
                .movePointRight(type.precision() - type.scale())
                .subtract(BigDecimal.ONE.movePointLeft(type.scale()));
        BigDecimal from =
                exact(low).setScale(type.scale(), RoundingMode.CEILING).max(largest.negate());
        BigDecimal to = exact(high).setScale(type.scale(), RoundingMode.FLOOR).min(largest);
        return new Range(from, to, from.compareTo(to) > 0);
    }
}
