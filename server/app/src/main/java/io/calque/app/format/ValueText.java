package io.calque.app.format;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as text, spelled as PostgreSQL spells them. */
public final class ValueText {
    static final String NULL = "NULL";

    private ValueText() {}

    /** The text of a value; {@code NULL} for null. */
    public static String of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return floating(value.toString());
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalTime time) {
            return time(time);
        }
        if (value instanceof LocalDateTime timestamp) {
            return timestamp.toLocalDate() + " " + time(timestamp.toLocalTime());
        }
        if (value instanceof OffsetDateTime instant) {
            return of(instant.toLocalDateTime()) + offset(instant.getOffset());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ValueText::element).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    private static String element(@Nullable Object value) {
        return value instanceof String text ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : of(value);
    }

    /** Without a pointless {@code .0}, and without an exponent while the number stays readable. */
    private static String floating(String text) {
        if (text.endsWith(".0")) {
            return text.substring(0, text.length() - 2);
        }
        int exponentAt = text.indexOf('E');
        if (exponentAt < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text.substring(exponentAt + 1));
        return exponent >= -5 && exponent < 16
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text.replace(".0E", "E");
    }

    private static String time(LocalTime time) {
        String seconds = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        if (time.getNano() == 0) {
            return seconds;
        }
        return seconds + ("." + "%09d".formatted(time.getNano())).replaceAll("0+$", "");
    }

    private static String offset(ZoneOffset offset) {
        if (offset.getTotalSeconds() == 0) {
            return "+00";
        }
        return offset.getId().replaceAll(":00$", "");
    }
}
