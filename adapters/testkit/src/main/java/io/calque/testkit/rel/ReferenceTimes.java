package io.calque.testkit.rel;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeName;

/** Parts, starts and texts of dates and times. Stateless. */
final class ReferenceTimes {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int SCALE = 3;

    private ReferenceTimes() {}

    private static LocalDateTime time(long value, RelDataType type) {
        boolean date = type.getSqlTypeName() == SqlTypeName.DATE;
        long millis = date ? value * MILLIS_PER_DAY : value;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    static Object extract(String unit, RexCall call, long value) {
        LocalDateTime time = time(value, call.getOperands().get(1).getType());
        long millisOfMinute = time.getSecond() * 1000L + time.getNano() / 1_000_000;
        return switch (unit) {
            case "YEAR" -> (long) time.getYear();
            case "QUARTER" -> (time.getMonthValue() + 2L) / 3;
            case "MONTH" -> (long) time.getMonthValue();
            case "DAY" -> (long) time.getDayOfMonth();
            case "HOUR" -> (long) time.getHour();
            case "MINUTE" -> (long) time.getMinute();
            case "WEEK" -> (long) time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "ISOYEAR" -> (long) time.get(IsoFields.WEEK_BASED_YEAR);
            case "DOY" -> (long) time.getDayOfYear();
            case "DOW" ->
                time.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 0L
                        : time.getDayOfWeek().getValue();
            case "ISODOW" -> (long) time.getDayOfWeek().getValue();
            case "DECADE" -> time.getYear() / 10L;
            case "CENTURY" -> (time.getYear() + 99L) / 100;
            case "MILLENNIUM" -> (time.getYear() + 999L) / 1000;
            case "SECOND" -> BigDecimal.valueOf(millisOfMinute, SCALE);
            case "MILLISECOND" -> BigDecimal.valueOf(millisOfMinute * 1000, SCALE);
            case "MICROSECOND" -> millisOfMinute * 1000;
            case "EPOCH" -> BigDecimal.valueOf(time.toInstant(ZoneOffset.UTC).toEpochMilli(), SCALE);
            default -> throw new IllegalArgumentException("the reference does not know the unit " + unit);
        };
    }

    static Long floor(long value, String unit, RelDataType type) {
        LocalDateTime time = time(value, type);
        LocalDate day = time.toLocalDate();
        LocalDateTime start = switch (unit) {
            case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
            case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
            case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
            case "DAY" -> day.atTime(LocalTime.MIN);
            case "WEEK" ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atTime(LocalTime.MIN);
            case "MONTH" -> day.withDayOfMonth(1).atTime(LocalTime.MIN);
            case "QUARTER" ->
                LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1)
                        .atTime(LocalTime.MIN);
            case "YEAR" -> LocalDate.of(day.getYear(), 1, 1).atTime(LocalTime.MIN);
            case "CENTURY" ->
                LocalDate.of((day.getYear() - 1) / 100 * 100 + 1, 1, 1).atTime(LocalTime.MIN);
            case "MILLENNIUM" ->
                LocalDate.of((day.getYear() - 1) / 1000 * 1000 + 1, 1, 1).atTime(LocalTime.MIN);
            default -> throw new IllegalArgumentException("the reference does not know the unit " + unit);
        };
        return type.getSqlTypeName() == SqlTypeName.DATE
                ? start.toLocalDate().toEpochDay()
                : start.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** Of the few patterns that sources are asked for. */
    static String format(long millis, String pattern) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
        String java = pattern.replace("YYYY", "yyyy")
                .replace("DD", "dd")
                .replace("HH24", "HH")
                .replace("MI", "mm")
                .replace("SS", "ss");
        return time.format(DateTimeFormatter.ofPattern(java, Locale.ROOT));
    }
}
