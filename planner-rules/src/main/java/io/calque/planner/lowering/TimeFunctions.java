package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.apache.calcite.DataContext;

/**
 * Parts of dates and times, truncation, and arithmetic with intervals, as PostgreSQL does them. Values are as in {@link TimeCasts}; a day-time interval is
 * milliseconds, a year-month interval months. Stateless.
 */
public final class TimeFunctions {
    private static final long DAY_MILLIS = DateTimeText.DAY_MILLIS;

    private TimeFunctions() {}

    /** A whole-numbered part of a wall clock: {@code dow} is 0 for Sunday, {@code week} and {@code isoyear} are ISO 8601's. */
    public static long partOfTimestamp(String unit, long timestamp) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(timestamp, DAY_MILLIS));
        long millis = Math.floorMod(timestamp, DAY_MILLIS);
        return switch (unit) {
            case "YEAR" -> eraYear(date);
            case "ISOYEAR" -> date.get(IsoFields.WEEK_BASED_YEAR);
            case "QUARTER" -> date.get(IsoFields.QUARTER_OF_YEAR);
            case "MONTH" -> date.getMonthValue();
            case "WEEK" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "DAY" -> date.getDayOfMonth();
            case "DOY" -> date.getDayOfYear();
            case "DOW" -> date.getDayOfWeek().getValue() % 7;
            case "ISODOW" -> date.getDayOfWeek().getValue();
            case "DECADE" -> Math.floorDiv(date.getYear(), 10);
            case "CENTURY" -> ordinal(date.getYear(), 100);
            case "MILLENNIUM" -> ordinal(date.getYear(), 1000);
            case "HOUR" -> millis / 3_600_000;
            case "MINUTE" -> millis / 60_000 % 60;
            case "MICROSECOND" -> millis % 60_000 * 1000;
            default -> throw unknown(unit);
        };
    }

    /** A part with fractions: {@code SECOND}, {@code MILLISECOND} and {@code EPOCH}, in steps of a millisecond. */
    public static BigDecimal fractionOfTimestamp(String unit, long timestamp) {
        return switch (unit) {
            case "SECOND" -> BigDecimal.valueOf(Math.floorMod(timestamp, 60_000L), 3);
            case "MILLISECOND" -> BigDecimal.valueOf(Math.floorMod(timestamp, 60_000L) * 1000, 3);
            case "EPOCH" -> BigDecimal.valueOf(timestamp, 3);
            default -> throw unknown(unit);
        };
    }

    /** Year 0 is 1 BC, which PostgreSQL counts as -1. */
    private static long eraYear(LocalDate date) {
        return date.getYear() > 0 ? date.getYear() : date.getYear() - 1L;
    }

    /** 1 to 100 are the first century; there is no century 0. */
    private static long ordinal(int year, int length) {
        return year > 0 ? (year + length - 1) / length : -((length - year) / length);
    }

    /** Part of a day-time interval; HOUR does not pass 23, EPOCH is all of it. */
    public static long partOfDayInterval(String unit, long millis) {
        return switch (unit) {
            case "DAY" -> millis / DAY_MILLIS;
            case "HOUR" -> millis % DAY_MILLIS / 3_600_000;
            case "MINUTE" -> millis % 3_600_000 / 60_000;
            case "MICROSECOND" -> millis % 60_000 * 1000;
            default -> 0;
        };
    }

    public static BigDecimal fractionOfDayInterval(String unit, long millis) {
        return switch (unit) {
            case "SECOND" -> BigDecimal.valueOf(millis % 60_000, 3);
            case "MILLISECOND" -> BigDecimal.valueOf(millis % 60_000 * 1000, 3);
            case "EPOCH" -> BigDecimal.valueOf(millis, 3);
            default -> throw unknown(unit);
        };
    }

    public static long partOfMonthInterval(String unit, long months) {
        return switch (unit) {
            case "YEAR" -> months / 12;
            case "MONTH" -> months % 12;
            case "QUARTER" -> months % 12 / 3 + 1;
            default -> 0;
        };
    }

    /** The start of the year, quarter, month, week (Monday), day, hour, ... that {@code timestamp} lies in. */
    public static long floorTimestamp(String unit, long timestamp) {
        return switch (unit) {
            case "MILLISECOND", "MICROSECOND" -> timestamp;
            case "SECOND" -> timestamp - Math.floorMod(timestamp, 1000L);
            case "MINUTE" -> timestamp - Math.floorMod(timestamp, 60_000L);
            case "HOUR" -> timestamp - Math.floorMod(timestamp, 3_600_000L);
            case "DAY", "DOW", "DOY" -> timestamp - Math.floorMod(timestamp, DAY_MILLIS);
            default ->
                floorDay(unit, LocalDate.ofEpochDay(Math.floorDiv(timestamp, DAY_MILLIS)))
                                .toEpochDay()
                        * DAY_MILLIS;
        };
    }

    private static LocalDate floorDay(String unit, LocalDate date) {
        int year = date.getYear();
        return switch (unit) {
            case "WEEK" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "MONTH" -> date.withDayOfMonth(1);
            case "QUARTER" -> LocalDate.of(year, (date.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case "YEAR" -> LocalDate.of(year, 1, 1);
            case "ISOYEAR" ->
                date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "DECADE" -> LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1);
            case "CENTURY" -> LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
            case "MILLENNIUM" -> LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1);
            default -> throw unknown(unit);
        };
    }

    public static int floorDate(String unit, int day) {
        return TimeCasts.timestampToDate(floorTimestamp(unit, day * DAY_MILLIS));
    }

    public static int floorTime(String unit, int millis) {
        return (int) floorTimestamp(unit, millis);
    }

    /** By the calendar and clock of the session's time zone. */
    public static long floorInstant(String unit, long instant, DataContext context) {
        ZoneId zone = TimeCasts.zone(context);
        return TimeCasts.toInstant(floorTimestamp(unit, TimeCasts.toWallClock(instant, zone)), zone);
    }

    /** {@code unit} as PostgreSQL spells it, in any case, singular or plural. */
    public static long truncTimestamp(String unit, long timestamp) {
        return floorTimestamp(unitName(unit), timestamp);
    }

    public static long truncInstant(String unit, long instant, DataContext context) {
        return floorInstant(unitName(unit), instant, context);
    }

    /** {@code 'Months'} is MONTH. */
    public static String unitName(String unit) {
        String name = unit.trim().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "YEARS",
                    "QUARTERS",
                    "MONTHS",
                    "WEEKS",
                    "DAYS",
                    "HOURS",
                    "MINUTES",
                    "SECONDS",
                    "MILLISECONDS",
                    "MICROSECONDS",
                    "DECADES" -> name.substring(0, name.length() - 1);
            case "CENTURIES" -> "CENTURY";
            case "MILLENNIA" -> "MILLENNIUM";
            default -> name;
        };
    }

    public static int addMonthsToDate(int day, long months) {
        try {
            return Math.toIntExact(LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange();
        }
    }

    /** The last day of a shorter month stands in for a day it does not have: 31 January plus a month is 28 or 29 February. */
    public static long addMonthsToTimestamp(long timestamp, long months) {
        int day = addMonthsToDate(TimeCasts.timestampToDate(timestamp), months);
        return day * DAY_MILLIS + TimeCasts.timestampToTime(timestamp);
    }

    public static long addMonthsToInstant(long instant, long months, DataContext context) {
        ZoneId zone = TimeCasts.zone(context);
        return TimeCasts.toInstant(addMonthsToTimestamp(TimeCasts.toWallClock(instant, zone), months), zone);
    }

    public static int addMillisToDate(int day, long millis) {
        return addDays(day, Math.floorDiv(millis, DAY_MILLIS));
    }

    public static int addDays(int day, long days) {
        try {
            return Math.toIntExact(Math.addExact(day, days));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    public static long addMillis(long timestamp, long millis) {
        try {
            return Math.addExact(timestamp, millis);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    public static int addMillisToTime(int time, long millis) {
        return (int) Math.floorMod(time + millis, DAY_MILLIS);
    }

    /** Whole days keep the hour when the clocks change. */
    public static long addDaysToInstant(long instant, long millis, DataContext context) {
        ZoneId zone = TimeCasts.zone(context);
        return TimeCasts.toInstant(addMillis(TimeCasts.toWallClock(instant, zone), millis), zone);
    }

    public static int daysBetween(int day, int earlier) {
        return day - earlier;
    }

    public static long millisBetween(long timestamp, long earlier) {
        return timestamp - earlier;
    }

    /** Whole months that have passed. */
    public static long monthsBetween(long timestamp, long earlier) {
        return ChronoUnit.MONTHS.between(local(earlier), local(timestamp));
    }

    private static LocalDateTime local(long timestamp) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(timestamp, 1000L), (int) Math.floorMod(timestamp, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    public static int makeDate(int year, int month, int day) {
        try {
            return Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
        } catch (DateTimeException e) {
            throw new QueryException(
                    ErrorCode.DATETIME_OUT_OF_RANGE, "There is no date " + year + "-" + month + "-" + day, e);
        }
    }

    /** Seconds since 1970-01-01 00:00 UTC. */
    public static long instantOfEpoch(double seconds) {
        if (!(Math.abs(seconds) < 1e13)) {
            throw outOfRange();
        }
        return (long) Math.floor(seconds * 1000);
    }

    public static long now(DataContext context) {
        Long instant = DataContext.Variable.UTC_TIMESTAMP.get(context);
        if (instant == null) {
            throw new IllegalStateException("the run has no clock");
        }
        return instant;
    }

    public static long localNow(DataContext context) {
        return TimeCasts.toWallClock(now(context), TimeCasts.zone(context));
    }

    public static int today(DataContext context) {
        return TimeCasts.timestampToDate(localNow(context));
    }

    public static int timeNow(DataContext context) {
        return TimeCasts.timestampToTime(localNow(context));
    }

    private static QueryException unknown(String unit) {
        return new QueryException(
                ErrorCode.INVALID_PARAMETER,
                "'" + unit.toLowerCase(Locale.ROOT) + "' is no unit of time for this value");
    }

    private static QueryException outOfRange() {
        return new QueryException(ErrorCode.DATETIME_OUT_OF_RANGE, "A date or timestamp is out of range");
    }
}
