package io.calque.planner.lowering;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.TimeZone;
import org.apache.calcite.DataContext;

/**
 * Casts from and to dates, times and timestamps. DATE is days, TIME milliseconds of the day, TIMESTAMP wall-clock milliseconds, TIMESTAMP_TZ (instant)
 * milliseconds since the epoch. Stateless; the session's time zone comes with the query's context.
 */
public final class TimeCasts {
    private static final long DAY_MILLIS = DateTimeText.DAY_MILLIS;

    private TimeCasts() {}

    public static int textToDate(String text) {
        return DateTimeText.parse(text, "DATE").day();
    }

    public static int textToTime(String text) {
        return DateTimeText.parseTime(text);
    }

    /** A zone in the text is read and left out, as PostgreSQL does. */
    public static long textToTimestamp(String text) {
        return DateTimeText.parse(text, "TIMESTAMP").wallClock();
    }

    public static long textToInstant(String text, DataContext context) {
        DateTimeText.Moment moment = DateTimeText.parse(text, "TIMESTAMP");
        ZoneId zone = moment.zone();
        return toInstant(moment.wallClock(), zone == null ? zone(context) : zone);
    }

    public static long dateToTimestamp(int day) {
        return day * DAY_MILLIS;
    }

    public static long dateToInstant(int day, DataContext context) {
        return toInstant(day * DAY_MILLIS, zone(context));
    }

    public static int timestampToDate(long timestamp) {
        return (int) Math.floorDiv(timestamp, DAY_MILLIS);
    }

    public static int timestampToTime(long timestamp) {
        return (int) Math.floorMod(timestamp, DAY_MILLIS);
    }

    public static long timestampToInstant(long timestamp, DataContext context) {
        return toInstant(timestamp, zone(context));
    }

    public static long instantToTimestamp(long instant, DataContext context) {
        return toWallClock(instant, zone(context));
    }

    public static int instantToDate(long instant, DataContext context) {
        return timestampToDate(toWallClock(instant, zone(context)));
    }

    public static int instantToTime(long instant, DataContext context) {
        return timestampToTime(toWallClock(instant, zone(context)));
    }

    public static String dateToText(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return dayText(date) + era(date);
    }

    public static String timeToText(int millis) {
        StringBuilder text = new StringBuilder();
        appendTime(text, millis);
        return text.toString();
    }

    public static String timestampToText(long timestamp) {
        LocalDate date = LocalDate.ofEpochDay(timestampToDate(timestamp));
        StringBuilder text = new StringBuilder(dayText(date)).append(' ');
        appendTime(text, timestampToTime(timestamp));
        return text.append(era(date)).toString();
    }

    /** The wall clock in the session's zone, and its offset: {@code 2020-01-01 00:00:00+01}. */
    public static String instantToText(long instant, DataContext context) {
        ZoneId zone = zone(context);
        long wallClock = toWallClock(instant, zone);
        LocalDate date = LocalDate.ofEpochDay(timestampToDate(wallClock));
        StringBuilder text = new StringBuilder(dayText(date)).append(' ');
        appendTime(text, timestampToTime(wallClock));
        int offset = zone.getRules().getOffset(Instant.ofEpochMilli(instant)).getTotalSeconds();
        text.append(offset < 0 ? '-' : '+');
        int seconds = Math.abs(offset);
        appendTwo(text, seconds / 3600);
        if (seconds % 3600 != 0) {
            appendTwo(text.append(':'), seconds / 60 % 60);
        }
        if (seconds % 60 != 0) {
            appendTwo(text.append(':'), seconds % 60);
        }
        return text.append(era(date)).toString();
    }

    static ZoneId zone(DataContext context) {
        TimeZone zone = DataContext.Variable.TIME_ZONE.get(context);
        return zone == null ? ZoneOffset.UTC : zone.toZoneId();
    }

    /** A wall clock that a change of the clocks skips reads as before the change; one that comes twice is the second. */
    static long toInstant(long wallClock, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return wallClock - offset.getTotalSeconds() * 1000L;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(wallClock, 1000L), (int) Math.floorMod(wallClock, 1000L) * 1_000_000, ZoneOffset.UTC);
        return ZonedDateTime.of(local, zone)
                .withLaterOffsetAtOverlap()
                .toInstant()
                .toEpochMilli();
    }

    static long toWallClock(long instant, ZoneId zone) {
        return instant
                + zone.getRules().getOffset(Instant.ofEpochMilli(instant)).getTotalSeconds() * 1000L;
    }

    private static String dayText(LocalDate date) {
        StringBuilder text = new StringBuilder();
        String year = Integer.toString(date.getYear() > 0 ? date.getYear() : 1 - date.getYear());
        text.append("0".repeat(Math.max(0, 4 - year.length()))).append(year);
        appendTwo(text.append('-'), date.getMonthValue());
        appendTwo(text.append('-'), date.getDayOfMonth());
        return text.toString();
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static void appendTime(StringBuilder text, int millisOfDay) {
        appendTwo(text, millisOfDay / 3_600_000);
        appendTwo(text.append(':'), millisOfDay / 60_000 % 60);
        appendTwo(text.append(':'), millisOfDay / 1000 % 60);
        int millis = millisOfDay % 1000;
        if (millis != 0) {
            String digits = Integer.toString(1000 + millis).substring(1);
            text.append('.').append(digits.replaceAll("0+$", ""));
        }
    }

    private static void appendTwo(StringBuilder text, int number) {
        if (number < 10) {
            text.append('0');
        }
        text.append(number);
    }
}
