package io.calque.jdbc.cursor;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Dates and times as the engine counts them: days, and milliseconds rounded down. */
public final class Calendar {
    public static final int FIRST_YEAR = 1;
    public static final int LAST_YEAR = 9999;
    private static final long NANOS_IN_MILLI = 1_000_000;

    private Calendar() {}

    public static boolean supports(LocalDate date) {
        return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
    }

    public static long millis(LocalDateTime wallClock) {
        return Math.addExact(
                Math.multiplyExact(wallClock.toEpochSecond(ZoneOffset.UTC), 1000L),
                wallClock.getNano() / NANOS_IN_MILLI);
    }

    public static long millis(LocalTime time) {
        return time.toNanoOfDay() / NANOS_IN_MILLI;
    }

    public static LocalDateTime wallClock(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) (Math.floorMod(millis, 1000L) * NANOS_IN_MILLI), ZoneOffset.UTC);
    }

    public static LocalTime time(long millisOfDay) {
        return LocalTime.ofNanoOfDay(millisOfDay * NANOS_IN_MILLI);
    }
}
