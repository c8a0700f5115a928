package io.calque.driver;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * The days and times of one result as {@code java.sql} has them in one zone: what {@link Conversion#toDate} and {@link
 * Conversion#toTimestamp} give, remembering when the days seen begin, since the calendar is asked for nothing else. Single-threaded.
 */
final class WallClock {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int FIRST_SIZE = 64;
    private static final int LARGEST_SIZE = 8192;

    private final ZoneId zone;
    // by the low bits of the day; a miss asks the calendar
    private long[] days = {};
    private long[] starts = {};
    private int missed;

    WallClock(ZoneId zone) {
        this.zone = zone;
    }

    Date date(long day) throws SQLException {
        return new Date(startOf(day));
    }

    Timestamp timestamp(long millis) throws SQLException {
        long day = Math.floorDiv(millis, MILLIS_PER_DAY);
        long start = startOf(day);
        if (startOf(day + 1) - start != MILLIS_PER_DAY) {
            // the zone's clock was changed on that day
            return Conversion.toTimestamp(Types.TIMESTAMP, millis, zone);
        }
        return new Timestamp(start + (millis - day * MILLIS_PER_DAY));
    }

    private long startOf(long day) throws SQLException {
        int place = (int) day & (days.length - 1);
        if (days.length > 0 && days[place] == day) {
            return starts[place];
        }
        if (missed++ >= days.length && days.length < LARGEST_SIZE) {
            grow();
        }
        place = (int) day & (days.length - 1);
        long start = Conversion.toDate(Types.DATE, day, zone).getTime();
        days[place] = day;
        starts[place] = start;
        return start;
    }

    private void grow() {
        int size = days.length == 0 ? FIRST_SIZE : days.length * 4;
        days = new long[size];
        starts = new long[size];
        Arrays.fill(days, Long.MIN_VALUE);
        missed = 0;
    }
}
