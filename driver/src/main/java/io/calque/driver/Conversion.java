package io.calque.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Turns values as they travel into what JDBC's getters give.
 *
 * <p>DATE, TIME and TIMESTAMP are wall clock: they show the same in every zone. TIMESTAMP WITH TIME ZONE is an instant. A
 * number that does not fit is an error, never cut.
 */
final class Conversion {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private Conversion() {}

    /** What {@code getObject} gives for a column of a type. */
    static Object toObject(int type, Object raw, ZoneId zone, int elementType) throws SQLException {
        if (raw == null) {
            return null;
        }
        switch (type) {
            case Types.SMALLINT:
            case Types.INTEGER:
                return ((Long) raw).intValue();
            case Types.REAL:
                return ((Double) raw).floatValue();
            case Types.DATE:
                return toDate(type, raw, zone);
            case Types.TIME:
                return toTime(type, raw, zone);
            case Types.TIMESTAMP:
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return toTimestamp(type, raw, zone);
            case Types.ARRAY:
                return new CalqueArray(elementType, "", (List<?>) raw, zone);
            default:
                return raw;
        }
    }

    static String toText(int type, Object raw) {
        switch (type) {
            case Types.DATE:
                return LocalDate.ofEpochDay((Long) raw).toString();
            case Types.TIME:
                return clock(LocalTime.ofNanoOfDay((Long) raw * 1_000_000L));
            case Types.TIMESTAMP:
                return dateTime(wallClock((Long) raw));
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return dateTime(wallClock((Long) raw)) + "+00:00";
            case Types.REAL:
                return Float.toString(((Double) raw).floatValue());
            case Types.DECIMAL:
                return ((BigDecimal) raw).toPlainString();
            case Types.VARBINARY:
                return hex((byte[]) raw);
            default:
                return raw.toString();
        }
    }

    private static String clock(LocalTime time) {
        String text = String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        int millis = time.getNano() / 1_000_000;
        return millis == 0 ? text : text + String.format(Locale.ROOT, ".%03d", millis);
    }

    private static String dateTime(LocalDateTime value) {
        return value.toLocalDate() + " " + clock(value.toLocalTime());
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return text.toString();
    }

    static LocalDateTime wallClock(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    static long toLong(int type, Object raw, long min, long max, String target) throws SQLException {
        if (raw instanceof Long && isNumber(type)) {
            return inRange((Long) raw, min, max, target);
        }
        if (raw instanceof Boolean) {
            return (Boolean) raw ? 1 : 0;
        }
        BigDecimal number = toBigDecimal(type, raw).setScale(0, RoundingMode.DOWN);
        if (number.compareTo(MIN_LONG) < 0 || number.compareTo(MAX_LONG) > 0) {
            throw outOfRange(number, target);
        }
        return inRange(number.longValue(), min, max, target);
    }

    static long inRange(long value, long min, long max, String target) throws SQLException {
        if (value < min || value > max) {
            throw outOfRange(value, target);
        }
        return value;
    }

    private static SQLException outOfRange(Object value, String target) {
        return new SQLDataException("Value " + value + " does not fit " + target, "22003");
    }

    static double toDouble(int type, Object raw) throws SQLException {
        if (raw instanceof Double) {
            return (Double) raw;
        }
        return raw instanceof Long && isNumber(type)
                ? (Long) raw
                : toBigDecimal(type, raw).doubleValue();
    }

    static BigDecimal toBigDecimal(int type, Object raw) throws SQLException {
        if (raw instanceof BigDecimal) {
            return (BigDecimal) raw;
        }
        if (raw instanceof Long && isNumber(type)) {
            return BigDecimal.valueOf((Long) raw);
        }
        if (raw instanceof Boolean) {
            return (Boolean) raw ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        try {
            if (raw instanceof Double) {
                return type == Types.REAL
                        ? new BigDecimal(Float.toString(((Double) raw).floatValue()))
                        : BigDecimal.valueOf((Double) raw);
            }
            if (raw instanceof String) {
                return new BigDecimal(((String) raw).trim());
            }
        } catch (NumberFormatException e) {
            throw new SQLDataException("'" + raw + "' is not a number", "22018", e);
        }
        throw mismatch(type, "a number");
    }

    private static boolean isNumber(int type) {
        return type == Types.SMALLINT || type == Types.INTEGER || type == Types.BIGINT;
    }

    static boolean toBoolean(int type, Object raw) throws SQLException {
        if (raw instanceof Boolean) {
            return (Boolean) raw;
        }
        if (raw instanceof String) {
            switch (((String) raw).trim().toLowerCase(Locale.ROOT)) {
                case "true":
                case "t":
                case "yes":
                case "y":
                case "on":
                case "1":
                    return true;
                case "false":
                case "f":
                case "no":
                case "n":
                case "off":
                case "0":
                    return false;
                default:
                    throw new SQLDataException("'" + raw + "' is not a boolean", "22018");
            }
        }
        return toBigDecimal(type, raw).signum() != 0;
    }

    static LocalDate toLocalDate(int type, Object raw, ZoneId zone) throws SQLException {
        return type == Types.DATE
                ? LocalDate.ofEpochDay((Long) raw)
                : toLocalDateTime(type, raw, zone).toLocalDate();
    }

    static LocalTime toLocalTime(int type, Object raw, ZoneId zone) throws SQLException {
        if (type == Types.TIME) {
            return LocalTime.ofNanoOfDay((Long) raw * 1_000_000L);
        }
        if (raw instanceof String) {
            return parsed((String) raw, "a time", () -> LocalTime.parse(((String) raw).trim()));
        }
        if (type == Types.DATE) {
            throw mismatch(type, "a time");
        }
        return toLocalDateTime(type, raw, zone).toLocalTime();
    }

    static LocalDateTime toLocalDateTime(int type, Object raw, ZoneId zone) throws SQLException {
        switch (type) {
            case Types.DATE:
                return LocalDate.ofEpochDay((Long) raw).atStartOfDay();
            case Types.TIMESTAMP:
                return wallClock((Long) raw);
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return LocalDateTime.ofInstant(Instant.ofEpochMilli((Long) raw), zone);
            default:
                if (raw instanceof String) {
                    String text = ((String) raw).trim();
                    return parsed(
                            text,
                            "a timestamp",
                            () -> text.length() == 10
                                    ? LocalDate.parse(text).atStartOfDay()
                                    : LocalDateTime.parse(text.replace(' ', 'T')));
                }
                throw mismatch(type, "a date or timestamp");
        }
    }

    private interface Parse<T> {
        T parse();
    }

    private static <T> T parsed(String text, String what, Parse<T> parse) throws SQLException {
        try {
            return parse.parse();
        } catch (DateTimeParseException e) {
            throw new SQLDataException("'" + text + "' is not " + what, "22007", e);
        }
    }

    /** The instant of a value; wall-clock values are taken to be in the zone. */
    static Instant toInstant(int type, Object raw, ZoneId zone) throws SQLException {
        if (type == Types.TIMESTAMP_WITH_TIMEZONE) {
            return Instant.ofEpochMilli((Long) raw);
        }
        return toLocalDateTime(type, raw, zone).atZone(zone).toInstant();
    }

    static Date toDate(int type, Object raw, ZoneId zone) throws SQLException {
        LocalDate date = toLocalDate(type, raw, zone);
        return zone.equals(ZoneId.systemDefault())
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    static Time toTime(int type, Object raw, ZoneId zone) throws SQLException {
        LocalDateTime onFirstDay = LocalDate.ofEpochDay(0).atTime(toLocalTime(type, raw, zone));
        return new Time(onFirstDay.atZone(zone).toInstant().toEpochMilli());
    }

    static Timestamp toTimestamp(int type, Object raw, ZoneId zone) throws SQLException {
        if (type == Types.TIMESTAMP_WITH_TIMEZONE) {
            return new Timestamp((Long) raw);
        }
        if (type == Types.TIME) {
            return new Timestamp(toTime(type, raw, zone).getTime());
        }
        LocalDateTime value = toLocalDateTime(type, raw, zone);
        // valueOf also shows the same date where the calendar of java.sql changed, in 1582
        return zone.equals(ZoneId.systemDefault())
                ? Timestamp.valueOf(value)
                : Timestamp.from(value.atZone(zone).toInstant());
    }

    static byte[] toBytes(int type, Object raw) throws SQLException {
        if (raw instanceof byte[]) {
            return (byte[]) raw;
        }
        if (raw instanceof String) {
            return ((String) raw).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        throw mismatch(type, "binary");
    }

    static ZoneId zone(Calendar calendar, ZoneId otherwise) {
        return calendar == null ? otherwise : calendar.getTimeZone().toZoneId();
    }

    /** What {@code getObject(i, Class)} gives. */
    static <T> T toClass(int type, Object raw, ZoneId zone, int elementType, Class<T> target) throws SQLException {
        if (target.isPrimitive()) {
            throw new SQLDataException("getObject gives objects, not " + target, "22023");
        }
        return raw == null ? null : target.cast(byClass(type, raw, zone, elementType, target));
    }

    private static Object byClass(int type, Object raw, ZoneId zone, int elementType, Class<?> target)
            throws SQLException {
        if (target == Object.class) {
            return toObject(type, raw, zone, elementType);
        } else if (target == String.class) {
            return raw instanceof List
                    ? new CalqueArray(elementType, "", (List<?>) raw, zone).toString()
                    : toText(type, raw);
        } else if (target == Integer.class) {
            return (int) toLong(type, raw, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        } else if (target == Long.class) {
            return toLong(type, raw, Long.MIN_VALUE, Long.MAX_VALUE, "long");
        } else if (target == Short.class) {
            return (short) toLong(type, raw, Short.MIN_VALUE, Short.MAX_VALUE, "short");
        } else if (target == Byte.class) {
            return (byte) toLong(type, raw, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
        } else if (target == java.math.BigInteger.class) {
            return toBigDecimal(type, raw).toBigInteger();
        } else if (target == BigDecimal.class || target == Number.class) {
            return toBigDecimal(type, raw);
        } else if (target == Double.class) {
            return toDouble(type, raw);
        } else if (target == Float.class) {
            return (float) toDouble(type, raw);
        } else if (target == Boolean.class) {
            return toBoolean(type, raw);
        } else if (target == byte[].class) {
            return toBytes(type, raw);
        } else if (target == UUID.class) {
            return uuid(raw);
        } else if (target == java.sql.Array.class || target == List.class) {
            return list(type, raw, zone, elementType, target);
        }
        return byTimeClass(type, raw, zone, target);
    }

    private static Object byTimeClass(int type, Object raw, ZoneId zone, Class<?> target) throws SQLException {
        if (target == LocalDate.class) {
            return toLocalDate(type, raw, zone);
        } else if (target == LocalDateTime.class) {
            return toLocalDateTime(type, raw, zone);
        } else if (target == LocalTime.class) {
            return toLocalTime(type, raw, zone);
        } else if (target == Instant.class) {
            return toInstant(type, raw, zone);
        } else if (target == OffsetDateTime.class) {
            // the instant is what travels, so UTC is the one offset that says no more than is known
            return type == Types.TIMESTAMP_WITH_TIMEZONE
                    ? OffsetDateTime.ofInstant(toInstant(type, raw, zone), ZoneOffset.UTC)
                    : toLocalDateTime(type, raw, zone).atZone(zone).toOffsetDateTime();
        } else if (target == ZonedDateTime.class) {
            return toInstant(type, raw, zone).atZone(zone);
        } else if (target == Date.class) {
            return toDate(type, raw, zone);
        } else if (target == Time.class) {
            return toTime(type, raw, zone);
        } else if (target == Timestamp.class || target == java.util.Date.class) {
            return toTimestamp(type, raw, zone);
        } else if (target == Calendar.class) {
            Calendar calendar = Calendar.getInstance(java.util.TimeZone.getTimeZone(zone), Locale.ROOT);
            calendar.setTime(toTimestamp(type, raw, zone));
            return calendar;
        }
        throw mismatch(type, target.getName());
    }

    private static Object list(int type, Object raw, ZoneId zone, int elementType, Class<?> target)
            throws SQLException {
        if (!(raw instanceof List)) {
            throw mismatch(type, "an array");
        }
        CalqueArray array = new CalqueArray(elementType, "", (List<?>) raw, zone);
        return target == List.class ? java.util.Arrays.asList((Object[]) array.getArray()) : array;
    }

    private static UUID uuid(Object raw) throws SQLException {
        try {
            return UUID.fromString(String.valueOf(raw));
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("'" + raw + "' is not a UUID", "22018", e);
        }
    }

    static SQLException mismatch(int type, String target) {
        return new SQLDataException("A column of type " + typeName(type) + " cannot be read as " + target, "22018");
    }

    static String typeName(int type) {
        return type == Types.TIMESTAMP_WITH_TIMEZONE
                ? "TIMESTAMP WITH TIME ZONE"
                : java.sql.JDBCType.valueOf(type).getName();
    }

    static long millisOf(LocalDateTime wallClock) {
        return wallClock.toLocalDate().toEpochDay() * MILLIS_PER_DAY
                + wallClock.toLocalTime().toNanoOfDay() / 1_000_000L;
    }
}
