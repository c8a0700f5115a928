package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Reads texts as the engine's values. Stateless. */
final class CsvValues {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private CsvValues() {}

    static Object parse(String text, ColumnDescriptor column, CsvFolder folder, String table) {
        try {
            return parse(text, column);
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw new QueryException(
                    ErrorCode.SOURCE_VALUE_INVALID,
                    "Source '" + folder.source() + "': '" + text + "' in column " + column.name() + " of " + table
                            + ".csv is no " + column.type(),
                    e);
        }
    }

    // [doc: values]
    /** In the conventions of {@link io.calque.spi.batch.ColumnVector#get}. */
    private static Object parse(String text, ColumnDescriptor column) {
        return switch (column.type().kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case SMALLINT, INTEGER, BIGINT -> Long.valueOf(text);
            case REAL -> (double) Float.parseFloat(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text).setScale(column.type().scale());
            case VARCHAR -> text;
            case VARBINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text).toEpochDay();
            case TIME -> LocalTime.parse(text).toNanoOfDay() / NANOS_PER_MILLI;
            case TIMESTAMP ->
                LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
            case TIMESTAMP_TZ -> Instant.parse(text).toEpochMilli();
            case ARRAY -> throw new NumberFormatException("arrays have no form in a CSV file");
        };
    }
    // [end]
}
