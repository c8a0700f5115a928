package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Calendar;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.postgresql.util.ByteConverter;

/** Days and times in PostgreSQL's binary format: whole days, and microseconds, since the year 2000. Stateless. */
final class BinaryTimes {
    private static final long DAYS_TO_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long MILLIS_TO_2000 = DAYS_TO_2000 * MILLIS_PER_DAY;
    private static final long FIRST_DAY =
            LocalDate.of(Calendar.FIRST_YEAR, 1, 1).toEpochDay();
    private static final long LAST_DAY =
            LocalDate.of(Calendar.LAST_YEAR, 12, 31).toEpochDay();
    private static final long FIRST_MILLI = FIRST_DAY * MILLIS_PER_DAY;
    private static final long LAST_MILLI = (LAST_DAY + 1) * MILLIS_PER_DAY - 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private BinaryTimes() {}

    static BinaryDecoder date(DataType type, String label) {
        return (data, at, length, out) -> {
            BinaryDecoders.requireLength(length, Integer.BYTES);
            int days = ByteConverter.int4(data, at);
            long day = days + DAYS_TO_2000;
            if (day < FIRST_DAY || day > LAST_DAY) {
                throw Values.outsideCalendar(label, dateText(days), type);
            }
            out.appendLong(day);
        };
    }

    static BinaryDecoder time(DataType type, String label) {
        return (data, at, length, out) -> {
            BinaryDecoders.requireLength(length, Long.BYTES);
            long millis = ByteConverter.int8(data, at) / 1000;
            if (millis >= MILLIS_PER_DAY) {
                throw Values.outsideCalendar(label, "24:00:00", type);
            }
            out.appendLong(millis);
        };
    }

    static BinaryDecoder timestamp(DataType type, String label) {
        return (data, at, length, out) -> {
            BinaryDecoders.requireLength(length, Long.BYTES);
            long micros = ByteConverter.int8(data, at);
            long millis = Math.floorDiv(micros, 1000L) + MILLIS_TO_2000;
            if (millis < FIRST_MILLI || millis > LAST_MILLI) {
                throw Values.outsideCalendar(label, timestampText(micros, millis, type), type);
            }
            out.appendLong(millis);
        };
    }

    private static String dateText(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return infinity(days > 0);
        }
        return dated(LocalDate.ofEpochDay(days + DAYS_TO_2000), "");
    }

    private static String timestampText(long micros, long millis, DataType type) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return infinity(micros > 0);
        }
        LocalDateTime value = Calendar.wallClock(millis);
        String zone = type.kind() == TypeKind.TIMESTAMP_TZ ? "+00" : "";
        return dated(value.toLocalDate(), " " + TIME.format(value) + zone);
    }

    private static String infinity(boolean positive) {
        return positive ? "infinity" : "-infinity";
    }

    /** PostgreSQL counts years before the first from 1, too, and says so. */
    private static String dated(LocalDate date, String time) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d%s%s",
                date.get(ChronoField.YEAR_OF_ERA),
                date.getMonthValue(),
                date.getDayOfMonth(),
                time,
                date.getYear() < 1 ? " BC" : "");
    }
}
