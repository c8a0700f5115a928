package io.calque.engine.session;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings what clients bind to the conventions of {@link io.calque.spi.batch.ColumnVector#get}. Stateless. */
final class ParameterValues {
    private ParameterValues() {}

    /**
     * @throws QueryException PARAMETER_MISSING when the counts differ, INVALID_CAST for a value of another type
     */
    static List<@Nullable Object> coerce(List<? extends @Nullable Object> given, List<DataType> types, ZoneId zone) {
        if (given.size() != types.size()) {
            throw new QueryException(
                    ErrorCode.PARAMETER_MISSING,
                    "The statement has " + count(types.size(), "parameter") + ", but " + count(given.size(), "value")
                            + (given.size() == 1 ? " was given" : " were given"));
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Object value = given.get(i);
            values.add(value == null ? null : coerce(value, types.get(i), i, zone));
        }
        return values;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Object coerce(Object value, DataType type, int index, ZoneId zone) {
        try {
            return switch (type.kind()) {
                case BOOLEAN -> bool(value);
                case SMALLINT -> exact(value).shortValueExact() + 0L;
                case INTEGER -> exact(value).intValueExact() + 0L;
                case BIGINT -> exact(value).longValueExact();
                case REAL, DOUBLE -> value instanceof Number n ? n.doubleValue() : Double.parseDouble(text(value));
                case DECIMAL -> decimal(value, type);
                case VARCHAR -> text(value);
                case VARBINARY -> (byte[]) value;
                case DATE -> date(value).toEpochDay();
                case TIME -> time(value).toNanoOfDay() / 1_000_000L;
                case TIMESTAMP ->
                    dateTime(value, zone).toInstant(ZoneOffset.UTC).toEpochMilli();
                case TIMESTAMP_TZ -> instant(value, zone).toEpochMilli();
                case ARRAY -> list((List<?>) value, type.elementType(), index, zone);
            };
        } catch (ArithmeticException e) {
            throw new QueryException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "Parameter " + (index + 1) + ": " + value + " does not fit " + type,
                    e);
        } catch (ClassCastException | NumberFormatException | DateTimeException e) {
            throw new QueryException(
                    ErrorCode.INVALID_CAST,
                    "Parameter " + (index + 1) + " takes " + type + ", but a "
                            + value.getClass().getSimpleName() + " was given that cannot be read as one",
                    e);
        }
    }

    private static List<@Nullable Object> list(List<?> values, DataType element, int index, ZoneId zone) {
        List<@Nullable Object> coerced = new ArrayList<>();
        for (Object value : values) {
            coerced.add(value == null ? null : coerce(value, element, index, zone));
        }
        return coerced;
    }

    private static Boolean bool(Object value) {
        if (value instanceof Number n) {
            return n.doubleValue() != 0;
        }
        return value instanceof Boolean b ? b : Boolean.valueOf((String) value);
    }

    private static BigDecimal exact(Object value) {
        BigDecimal number =
                value instanceof Boolean b ? (b ? BigDecimal.ONE : BigDecimal.ZERO) : new BigDecimal(text(value));
        return number.setScale(0, RoundingMode.HALF_UP);
    }

    private static BigDecimal decimal(Object value, DataType type) {
        BigDecimal scaled = new BigDecimal(text(value)).setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return scaled;
    }

    private static String text(Object value) {
        if (value instanceof byte[] || value instanceof List<?>) {
            throw new ClassCastException("not a text");
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static LocalDate date(Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toLocalDate();
        }
        return LocalDate.parse(((String) value).strip());
    }

    private static LocalTime time(Object value) {
        return value instanceof LocalTime time ? time : LocalTime.parse(((String) value).strip());
    }

    private static LocalDateTime dateTime(Object value, ZoneId zone) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, zone);
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.atZoneSameInstant(zone).toLocalDateTime();
        }
        String written = ((String) value).strip();
        return written.length() <= 10
                ? LocalDate.parse(written).atStartOfDay()
                : LocalDateTime.parse(written.replace(' ', 'T'));
    }

    private static Instant instant(Object value, ZoneId zone) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return dateTime(value, zone).atZone(zone).toInstant();
    }
}
