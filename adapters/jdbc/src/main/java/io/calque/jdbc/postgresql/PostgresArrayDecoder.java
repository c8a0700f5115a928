package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Calendar;
import io.calque.jdbc.cursor.ColumnDecoder;
import io.calque.jdbc.cursor.Decimals;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array from its text form, because the driver's own arrays hold timestamps in the JVM's zone. One dimension; an array of
 * more is an error that shows its text.
 */
final class PostgresArrayDecoder implements ColumnDecoder {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter();
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .append(TIMESTAMP)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter();

    private final DataType type;
    private final DataType element;
    private final String label;
    private final boolean padded;

    /**
     * @param padded whether blanks at the end of an element are no part of it
     */
    PostgresArrayDecoder(DataType type, String label, boolean padded) {
        this.padded = padded;
        this.type = type;
        this.element = type.elementType();
        this.label = label;
    }

    @Override
    public void append(ResultSet rows, int column, ColumnBuilder out) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            out.appendNull();
            return;
        }
        out.appendObject(elements(text));
    }

    List<@Nullable Object> elements(String text) {
        List<@Nullable Object> values = new ArrayList<>();
        // Bounds other than 1 come first: [0:2]={1,2,3}
        int at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
        int end = text.length() - 1;
        if (at > end || text.charAt(at) != '{' || text.charAt(end) != '}') {
            throw Values.invalid(label, text, type);
        }
        at++;
        while (at < end) {
            StringBuilder value = new StringBuilder();
            boolean quoted = text.charAt(at) == '"';
            if (text.charAt(at) == '{') {
                throw Values.invalid(label, text, type);
            }
            at = quoted ? quoted(text, at + 1, value) : bare(text, at, value);
            boolean isNull = !quoted && value.toString().equalsIgnoreCase("NULL");
            values.add(isNull ? null : element(value.toString()));
            at++;
        }
        return Collections.unmodifiableList(values);
    }

    /** Appends what stands up to the closing quote; the index after it. */
    private static int quoted(String text, int from, StringBuilder out) {
        int at = from;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            out.append(text.charAt(at++));
        }
        return at + 1;
    }

    private static int bare(String text, int from, StringBuilder out) {
        int at = from;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            out.append(text.charAt(at++));
        }
        return at;
    }

    private Object element(String text) {
        try {
            return switch (element.kind()) {
                case BOOLEAN -> text.startsWith("t");
                case SMALLINT, INTEGER, BIGINT -> Long.parseLong(text);
                case REAL -> Float.parseFloat(text) + 0.0d;
                case DOUBLE -> Double.parseDouble(text) + 0.0d;
                case DECIMAL -> Decimals.fit(new BigDecimal(text), element, label);
                case VARCHAR -> padded ? PostgresDecoders.trimmed(text) : text;
                case VARBINARY -> HexFormat.of().parseHex(text.substring("\\x".length()));
                case DATE ->
                    supported(LocalDate.parse(text).atStartOfDay(), text)
                            .toLocalDate()
                            .toEpochDay();
                case TIME -> Calendar.millis(LocalTime.parse(text));
                case TIMESTAMP -> Calendar.millis(supported(LocalDateTime.parse(text, TIMESTAMP), text));
                case TIMESTAMP_TZ ->
                    Calendar.millis(supported(
                            OffsetDateTime.parse(text, INSTANT)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime(),
                            text));
                case ARRAY -> throw Values.invalid(label, text, type);
            };
        } catch (NumberFormatException e) {
            throw Values.invalid(label, text, type);
        } catch (DateTimeException e) {
            throw Values.outsideCalendar(label, text, type);
        }
    }

    private LocalDateTime supported(LocalDateTime value, String text) {
        if (!Calendar.supports(value.toLocalDate())) {
            throw Values.outsideCalendar(label, text, type);
        }
        return value;
    }
}
