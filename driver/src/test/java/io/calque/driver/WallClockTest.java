package io.calque.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WallClockTest {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    /** Lisbon and Beirut change their clocks at midnight, Apia left out a whole day, Lord Howe moves by half an hour. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Lisbon",
                "Asia/Beirut",
                "America/Sao_Paulo",
                "Pacific/Apia",
                "Australia/Lord_Howe",
                "Africa/Monrovia"
            })
    void givesTheDaysAndTimesThatTheCalendarGives(String name) throws SQLException {
        ZoneId zone = ZoneId.of(name);
        WallClock clock = new WallClock(zone);
        long first = LocalDate.of(1880, 1, 1).toEpochDay();
        long last = LocalDate.of(2040, 1, 1).toEpochDay();
        for (long day = first; day < last; day++) {
            assertSame(clock, day, day * MILLIS_PER_DAY + Math.floorMod(day * 7_654_321L, MILLIS_PER_DAY), zone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Tokyo"})
    void givesTheDaysAroundTheCalendarsChangeAndTheFarthestOnes(String name) throws SQLException {
        ZoneId zone = ZoneId.of(name);
        WallClock clock = new WallClock(zone);
        long change = LocalDate.of(1582, 10, 1).toEpochDay();
        for (long day = change; day < change + 30; day++) {
            assertSame(clock, day, day * MILLIS_PER_DAY + 1, zone);
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            long day = LocalDate.of(1 + random.nextInt(9999), 1, 1).toEpochDay() + random.nextInt(365);
            assertSame(clock, day, day * MILLIS_PER_DAY + random.nextInt((int) MILLIS_PER_DAY), zone);
        }
    }

    /** The zone of this JVM has a path of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1500, 1582, 1900, 1970, 2024, 9998})
    void givesTheSameInTheZoneOfThisProcess(int year) throws SQLException {
        ZoneId zone = ZoneId.systemDefault();
        WallClock clock = new WallClock(zone);
        for (long day = LocalDate.of(year, 6, 1).toEpochDay(), i = 0; i < 400; i++, day++) {
            assertSame(clock, day, day * MILLIS_PER_DAY + 45_296_789L, zone);
        }
    }

    private static void assertSame(WallClock clock, long day, long millis, ZoneId zone) throws SQLException {
        assertThat(clock.date(day)).as("day %s", day).isEqualTo(Conversion.toDate(Types.DATE, day, zone));
        assertThat(clock.timestamp(millis))
                .as("%s", millis)
                .isEqualTo(Conversion.toTimestamp(Types.TIMESTAMP, millis, zone));
    }
}
