package io.calque.app.avatica;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Reads parameters as clients send them into the values the engine takes. Stateless. */
final class ParameterReader {
    private ParameterReader() {}

    static List<@Nullable Object> read(List<TypedValue> parameters, Signatures.Dialect dialect) {
        List<@Nullable Object> values = new ArrayList<>(parameters.size());
        for (TypedValue parameter : parameters) {
            values.add(value(parameter, dialect));
        }
        return values;
    }

    private static @Nullable Object value(@Nullable TypedValue parameter, Signatures.Dialect dialect) {
        if (parameter == null || parameter.value == null) {
            return null;
        }
        Object value = parameter.value;
        return switch (parameter.type) {
            case JAVA_SQL_DATE -> LocalDate.ofEpochDay(number(value).longValue());
            case JAVA_SQL_TIME -> time(number(value).longValue());
            case JAVA_SQL_TIMESTAMP -> wallClock(number(value).longValue());
            // Calque's driver sends instants so; Avatica's shifts a java.util.Date to its zone's wall clock first
            case JAVA_UTIL_DATE ->
                dialect == Signatures.Dialect.CALQUE
                        ? Instant.ofEpochMilli(number(value).longValue())
                        : wallClock(number(value).longValue());
            case BYTE_STRING -> value instanceof byte[] bytes ? bytes : base64(value.toString());
            case ARRAY -> elements(value, dialect);
            case CHARACTER, PRIMITIVE_CHAR, STRING -> value.toString();
            case NUMBER -> decimal(value);
            default -> value;
        };
    }

    private static Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new QueryException(ErrorCode.INVALID_PARAMETER, "A parameter's value does not have its type");
    }

    private static LocalTime time(long millis) {
        // a java.sql.Time west of Greenwich may come as a negative number
        return LocalTime.ofNanoOfDay(Math.floorMod(millis, 86_400_000L) * 1_000_000L);
    }

    private static LocalDateTime wallClock(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "A binary parameter is not base 64", e);
        }
    }

    private static Object decimal(Object value) {
        return value instanceof Number ? value : new BigDecimal(value.toString());
    }

    private static List<@Nullable Object> elements(Object value, Signatures.Dialect dialect) {
        if (!(value instanceof List<?> list)) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "An array parameter holds no list");
        }
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(element instanceof TypedValue typed ? value(typed, dialect) : element);
        }
        return elements;
    }
}
