package io.calque.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.proto.Common;

/**
 * Writes a parameter as it travels. The server coerces it to the type that the statement gives the parameter.
 *
 * <p>Fractions of a second below the millisecond are cut, as Calque keeps timestamps in milliseconds.
 */
final class ParameterValue {
    private ParameterValue() {}

    static Common.TypedValue ofNull() {
        return Common.TypedValue.newBuilder()
                .setType(Common.Rep.NULL)
                .setNull(true)
                .build();
    }

    /**
     * @param zone of the connection: where java.sql.Date, Time and Timestamp show their wall clock
     * @param instant whether the parameter is a TIMESTAMP WITH TIME ZONE, so that a Timestamp is sent as an instant
     */
    static Common.TypedValue of(Object value, ZoneId zone, boolean instant) throws SQLException {
        if (value == null) {
            return ofNull();
        } else if (value instanceof String) {
            return text((String) value);
        } else if (value instanceof Number) {
            return number((Number) value);
        } else if (value instanceof Boolean) {
            return Common.TypedValue.newBuilder()
                    .setType(Common.Rep.BOOLEAN)
                    .setBoolValue((Boolean) value)
                    .build();
        } else if (value instanceof byte[]) {
            return Common.TypedValue.newBuilder()
                    .setType(Common.Rep.BYTE_STRING)
                    .setBytesValue(com.google.protobuf.ByteString.copyFrom((byte[]) value))
                    .build();
        } else if (value instanceof Character || value instanceof UUID || value instanceof Enum) {
            return text(value.toString());
        } else if (value instanceof Array) {
            return list(Arrays.asList((Object[]) ((Array) value).getArray()), zone, instant);
        } else if (value instanceof Object[]) {
            return list(Arrays.asList((Object[]) value), zone, instant);
        } else if (value instanceof List) {
            return list((List<?>) value, zone, instant);
        } else if (value instanceof Reader) {
            return text(read((Reader) value, Long.MAX_VALUE));
        } else if (value instanceof InputStream) {
            return of(read((InputStream) value, Long.MAX_VALUE), zone, instant);
        }
        return time(value, zone, instant);
    }

    private static Common.TypedValue time(Object value, ZoneId zone, boolean instant) throws SQLException {
        if (value instanceof LocalDate) {
            return integer(Common.Rep.JAVA_SQL_DATE, ((LocalDate) value).toEpochDay());
        } else if (value instanceof LocalTime) {
            return integer(Common.Rep.JAVA_SQL_TIME, ((LocalTime) value).toNanoOfDay() / 1_000_000L);
        } else if (value instanceof LocalDateTime) {
            return integer(Common.Rep.JAVA_SQL_TIMESTAMP, Conversion.millisOf((LocalDateTime) value));
        } else if (value instanceof Instant) {
            return integer(Common.Rep.JAVA_UTIL_DATE, ((Instant) value).toEpochMilli());
        } else if (value instanceof OffsetDateTime) {
            return of(((OffsetDateTime) value).toInstant(), zone, instant);
        } else if (value instanceof ZonedDateTime) {
            return of(((ZonedDateTime) value).toInstant(), zone, instant);
        } else if (value instanceof Calendar) {
            return timestamp(((Calendar) value).toInstant(), zone, instant);
        } else if (value instanceof Date) {
            return date((Date) value, zone);
        } else if (value instanceof Time) {
            return time((Time) value, zone);
        } else if (value instanceof Timestamp && zone.equals(ZoneId.systemDefault()) && !instant) {
            return of(((Timestamp) value).toLocalDateTime(), zone, false);
        } else if (value instanceof java.util.Date) {
            return timestamp(Instant.ofEpochMilli(((java.util.Date) value).getTime()), zone, instant);
        }
        throw new SQLDataException(
                "A parameter cannot be of type " + value.getClass().getName(), "07006");
    }

    private static Common.TypedValue date(Date value, ZoneId zone) throws SQLException {
        LocalDate date = zone.equals(ZoneId.systemDefault())
                ? value.toLocalDate()
                : Instant.ofEpochMilli(value.getTime()).atZone(zone).toLocalDate();
        return of(date, zone, false);
    }

    private static Common.TypedValue time(Time value, ZoneId zone) throws SQLException {
        return of(Instant.ofEpochMilli(value.getTime()).atZone(zone).toLocalTime(), zone, false);
    }

    private static Common.TypedValue timestamp(Instant value, ZoneId zone, boolean instant) throws SQLException {
        return instant ? of(value, zone, true) : of(value.atZone(zone).toLocalDateTime(), zone, false);
    }

    private static Common.TypedValue number(Number value) throws SQLException {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return integer(Common.Rep.LONG, value.longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = value instanceof Float ? Double.parseDouble(value.toString()) : value.doubleValue();
            return Common.TypedValue.newBuilder()
                    .setType(Common.Rep.DOUBLE)
                    .setDoubleValue(number)
                    .build();
        }
        BigDecimal decimal = value instanceof BigInteger ? new BigDecimal((BigInteger) value) : null;
        try {
            decimal = decimal == null ? new BigDecimal(value.toString()) : decimal;
        } catch (NumberFormatException e) {
            throw new SQLDataException("'" + value + "' is not a number", "22018", e);
        }
        return Common.TypedValue.newBuilder()
                .setType(Common.Rep.BIG_DECIMAL)
                .setStringValue(decimal.toString())
                .build();
    }

    private static Common.TypedValue integer(Common.Rep type, long value) {
        return Common.TypedValue.newBuilder()
                .setType(type)
                .setNumberValue(value)
                .build();
    }

    private static Common.TypedValue text(String value) {
        return Common.TypedValue.newBuilder()
                .setType(Common.Rep.STRING)
                .setStringValue(value)
                .build();
    }

    private static Common.TypedValue list(List<?> values, ZoneId zone, boolean instant) throws SQLException {
        Common.TypedValue.Builder list =
                Common.TypedValue.newBuilder().setType(Common.Rep.ARRAY).setComponentType(Common.Rep.OBJECT);
        for (Object value : values) {
            list.addArrayValue(of(value, zone, instant));
        }
        return list.build();
    }

    static String read(Reader reader, long length) throws SQLException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[4096];
        try {
            while (text.length() < length) {
                int read = reader.read(buffer, 0, (int) Math.min(buffer.length, length - text.length()));
                if (read < 0) {
                    break;
                }
                text.append(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new SQLDataException("A parameter's stream failed: " + e.getMessage(), "22000", e);
        }
        return text.toString();
    }

    static byte[] read(InputStream in, long length) throws SQLException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            while (bytes.size() < length) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - bytes.size()));
                if (read < 0) {
                    break;
                }
                bytes.write(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new SQLDataException("A parameter's stream failed: " + e.getMessage(), "22000", e);
        }
        return bytes.toByteArray();
    }
}
