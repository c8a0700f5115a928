package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Calendar;
import io.calque.jdbc.cursor.ColumnDecoder;
import io.calque.jdbc.cursor.Decimals;
import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One decoder for each type that a PostgreSQL column can arrive in. Never a {@code java.sql.Timestamp}: those live in the JVM's zone.
 */
final class PostgresDecoders {
    private PostgresDecoders() {}

    static List<ColumnDecoder> of(SqlQuery query) {
        List<ColumnDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            decoders.add(of(query.columns().get(i), query.decodings().get(i)));
        }
        return decoders;
    }

    private static ColumnDecoder of(Column column, Decoding decoding) {
        DataType type = column.type();
        String label = decoding.label();
        return switch (type.kind()) {
            case BOOLEAN -> PostgresDecoders::bool;
            case SMALLINT, INTEGER, BIGINT -> integer(type, label);
            case REAL -> PostgresDecoders::real;
            case DOUBLE -> PostgresDecoders::doubled;
            case DECIMAL -> (rows, i, out) -> decimal(rows, i, out, type, label);
            case VARCHAR -> decoding.form() == Form.PADDED ? PostgresDecoders::padded : PostgresDecoders::text;
            case VARBINARY -> PostgresDecoders::binary;
            case DATE -> (rows, i, out) -> date(rows, i, out, type, label);
            case TIME -> (rows, i, out) -> time(rows, i, out, type, label);
            case TIMESTAMP -> (rows, i, out) -> timestamp(rows, i, out, type, label);
            case TIMESTAMP_TZ -> (rows, i, out) -> instant(rows, i, out, type, label);
            case ARRAY -> new PostgresArrayDecoder(type, label, decoding.form() == Form.PADDED);
        };
    }

    private static void bool(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        boolean value = rows.getBoolean(i);
        if (rows.wasNull()) {
            out.appendNull();
            return;
        }
        out.appendBoolean(value);
    }

    /** A source may compute wider than the type it is declared with; what does not fit is an error here as it would be in the engine. */
    private static ColumnDecoder integer(DataType type, String label) {
        long least = switch (type.kind()) {
            case SMALLINT -> Short.MIN_VALUE;
            case INTEGER -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
        long most = -(least + 1);
        return (rows, i, out) -> {
            long value = rows.getLong(i);
            if (rows.wasNull()) {
                out.appendNull();
                return;
            }
            if (value < least || value > most) {
                throw Values.outOfRange(label, Long.toString(value), type);
            }
            out.appendLong(value);
        };
    }

    private static void real(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        float value = rows.getFloat(i);
        if (rows.wasNull()) {
            out.appendNull();
            return;
        }
        out.appendDouble(value + 0.0d);
    }

    private static void doubled(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        double value = rows.getDouble(i);
        if (rows.wasNull()) {
            out.appendNull();
            return;
        }
        // PostgreSQL groups and compares -0 and 0 as one value; adding zero makes them one here too.
        out.appendDouble(value + 0.0d);
    }

    private static void decimal(ResultSet rows, int i, ColumnBuilder out, DataType type, String label)
            throws SQLException {
        BigDecimal value;
        try {
            value = rows.getBigDecimal(i);
        } catch (SQLException e) {
            throw notANumber(rows, i, type, label, e);
        }
        if (value == null) {
            out.appendNull();
            return;
        }
        out.appendObject(Decimals.fit(value, type, label));
    }

    private static QueryException notANumber(ResultSet rows, int i, DataType type, String label, SQLException e)
            throws SQLException {
        String text = rows.getString(i);
        if (text == null) {
            throw e;
        }
        return Values.invalid(label, text, type);
    }

    private static void text(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        out.append(rows.getString(i));
    }

    private static void padded(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        String value = rows.getString(i);
        out.append(value == null ? null : trimmed(value));
    }

    static String trimmed(String padded) {
        int end = padded.length();
        while (end > 0 && padded.charAt(end - 1) == ' ') {
            end--;
        }
        return padded.substring(0, end);
    }

    private static void binary(ResultSet rows, int i, ColumnBuilder out) throws SQLException {
        out.append(rows.getBytes(i));
    }

    private static void date(ResultSet rows, int i, ColumnBuilder out, DataType type, String label)
            throws SQLException {
        LocalDate value = rows.getObject(i, LocalDate.class);
        if (value == null) {
            out.appendNull();
            return;
        }
        if (!Calendar.supports(value)) {
            throw Values.outsideCalendar(label, String.valueOf(rows.getString(i)), type);
        }
        out.appendLong(value.toEpochDay());
    }

    private static void time(ResultSet rows, int i, ColumnBuilder out, DataType type, String label)
            throws SQLException {
        LocalTime value = rows.getObject(i, LocalTime.class);
        if (value == null) {
            out.appendNull();
            return;
        }
        // The driver reads 24:00:00 as the last nanosecond of the day, which no microsecond is.
        if (value.equals(LocalTime.MAX)) {
            throw Values.outsideCalendar(label, "24:00:00", type);
        }
        out.appendLong(Calendar.millis(value));
    }

    private static void timestamp(ResultSet rows, int i, ColumnBuilder out, DataType type, String label)
            throws SQLException {
        LocalDateTime value = rows.getObject(i, LocalDateTime.class);
        if (value == null) {
            out.appendNull();
            return;
        }
        if (!Calendar.supports(value.toLocalDate())) {
            throw Values.outsideCalendar(label, String.valueOf(rows.getString(i)), type);
        }
        out.appendLong(Calendar.millis(value));
    }

    private static void instant(ResultSet rows, int i, ColumnBuilder out, DataType type, String label)
            throws SQLException {
        OffsetDateTime value = rows.getObject(i, OffsetDateTime.class);
        if (value == null) {
            out.appendNull();
            return;
        }
        LocalDateTime utc = OffsetDateTime.MAX.equals(value) || OffsetDateTime.MIN.equals(value)
                ? value.toLocalDateTime()
                : value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        if (!Calendar.supports(utc.toLocalDate())) {
            throw Values.outsideCalendar(label, String.valueOf(rows.getString(i)), type);
        }
        out.appendLong(Calendar.millis(utc));
    }
}
