package io.calque.testkit.contract;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the input of a function must have held before the function counts as proven, in the order of docs/pushdown.md. */
enum Aspect {
    NULL("NULL") {
        @Override
        boolean holds(DataType type, @Nullable Object value) {
            return value == null;
        }
    },
    /** Two NULLs in one column, of which one is a field that its document leaves out. */
    MISSING("missing field") {
        @Override
        boolean holds(DataType type, @Nullable Object value) {
            return false;
        }
    },
    SUPPLEMENTARY("beyond the BMP") {
        @Override
        boolean appliesTo(DataType type) {
            return type.kind() == TypeKind.VARCHAR;
        }

        @Override
        boolean holds(DataType type, @Nullable Object value) {
            return value instanceof String text && text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
        }
    },
    EXTREME("extremes") {
        @Override
        boolean appliesTo(DataType type) {
            return switch (type.kind()) {
                case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
                case BOOLEAN, VARCHAR, VARBINARY, TIME, ARRAY -> false;
            };
        }

        @Override
        boolean holds(DataType type, @Nullable Object value) {
            if (value instanceof BigDecimal number) {
                return number.abs().compareTo(LARGE) >= 0;
            }
            if (value instanceof Double number) {
                return Math.abs(number) >= Float.MAX_VALUE || Math.abs(number) == Double.MIN_VALUE;
            }
            return appliesTo(type) && value instanceof Long number && ENDS.contains(number);
        }
    },
    /** The fragment over no rows at all. */
    NO_ROWS("no rows") {
        @Override
        boolean holds(DataType type, @Nullable Object value) {
            return false;
        }
    };

    private static final BigDecimal LARGE = new BigDecimal("9999999999.99");
    /** The ends of the whole numbers, and of the days and milliseconds from year 1 to 9999. */
    private static final Set<Long> ENDS = Set.of(
            (long) Short.MIN_VALUE,
            (long) Short.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            (long) Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            LocalDate.of(1, 1, 1).toEpochDay(),
            LocalDate.of(9999, 12, 31).toEpochDay(),
            LocalDate.of(1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli(),
            LocalDateTime.parse("9999-12-31T23:59:59.999")
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli());

    private final String title;

    Aspect(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether an operand of this type can have the oddity at all. */
    boolean appliesTo(DataType type) {
        return true;
    }

    abstract boolean holds(DataType type, @Nullable Object value);
}
