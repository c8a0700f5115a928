package io.calque.testkit.rel;

import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** How values compare: text by code point, numbers by value whatever their type, binaries byte by byte. Stateless. */
final class ValueOrder {
    private ValueOrder() {}

    static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return Arrays.compare(
                    text.codePoints().toArray(), ((String) right).codePoints().toArray());
        }
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof Boolean flag) {
            return flag.compareTo((Boolean) right);
        }
        if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        }
        throw new IllegalArgumentException("no order for " + left.getClass().getSimpleName());
    }

    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            double left = a.doubleValue();
            double right = b.doubleValue();
            // 0.0 and -0.0 are one value.
            return left == right ? 0 : Double.compare(left, right);
        }
        return exact(a).compareTo(exact(b));
    }

    static BigDecimal exact(Number number) {
        if (number instanceof Double approximate) {
            return BigDecimal.valueOf(approximate);
        }
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    static Comparator<List<@Nullable Object>> rows(List<RelFieldCollation> keys) {
        return (left, right) -> {
            for (RelFieldCollation key : keys) {
                int order = compareKeys(left.get(key.getFieldIndex()), right.get(key.getFieldIndex()), key);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compareKeys(@Nullable Object left, @Nullable Object right, RelFieldCollation key) {
        if (left == null || right == null) {
            if (left == right) {
                return 0;
            }
            boolean nullsFirst = key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                    ? key.direction.isDescending()
                    : key.nullDirection == RelFieldCollation.NullDirection.FIRST;
            return (left == null) == nullsFirst ? -1 : 1;
        }
        int order = compare(left, right);
        return key.direction.isDescending() ? -order : order;
    }

    /** A value that equals another's exactly where SQL calls both the same: for grouping and for comparing results. */
    static @Nullable Object identity(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof Double number) {
            return number == 0 ? 0.0 : number;
        }
        if (value instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
        return value;
    }

    /** {@link #identity} of a column; a REAL means its float, however many digits its double shows. */
    static @Nullable Object identity(@Nullable Object value, RelDataType type) {
        boolean real = RelTypes.toData(type).equals(DataType.REAL);
        return real && value instanceof Double number ? identity((double) number.floatValue()) : identity(value);
    }
}
