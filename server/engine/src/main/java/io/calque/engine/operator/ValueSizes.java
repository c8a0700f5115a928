package io.calque.engine.operator;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** About how many bytes values take on the heap of a 64-bit JVM with compressed pointers. Stateless. */
public final class ValueSizes {
    private static final int ARRAY = 16;
    private static final int REFERENCE = 4;
    private static final int BOX = 16;
    private static final int TEXT = 48;
    private static final int DECIMAL = 40;
    /** A row of generated code's own class. */
    private static final int RECORD = 64;

    private ValueSizes() {}

    public static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Object[] row) {
            long bytes = ARRAY;
            for (Object field : row) {
                bytes += REFERENCE + of(field);
            }
            return bytes;
        }
        if (value instanceof String text) {
            return TEXT + text.length();
        }
        if (value instanceof Number number) {
            return number instanceof BigDecimal ? DECIMAL : BOX;
        }
        if (value instanceof ByteString bytes) {
            return TEXT + bytes.length();
        }
        if (value instanceof List<?> list) {
            long bytes = 2 * ARRAY;
            for (Object element : list) {
                bytes += REFERENCE + of(element);
            }
            return bytes;
        }
        return value instanceof Boolean ? 0 : RECORD;
    }
}
