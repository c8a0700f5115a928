package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Calendar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/**
 * Dates and times that SQLite keeps as text. Accepted: {@code YYYY-MM-DD}, and behind a blank or a {@code T} also
 * {@code HH:MM[:SS[.digits]][Z]}; nothing else, so that comparisons of the text can be proven.
 */
final class SqliteTimes {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int DATE_LENGTH = 10;
    private static final long MILLIS_IN_DAY = 86_400_000L;

    private SqliteTimes() {}

    /** Days since 1970-01-01 of a date, or of a timestamp at midnight; empty for anything else. */
    static OptionalLong days(String text) {
        OptionalLong millis = millis(text);
        return millis.isPresent() && Math.floorMod(millis.getAsLong(), MILLIS_IN_DAY) == 0
                ? OptionalLong.of(Math.floorDiv(millis.getAsLong(), MILLIS_IN_DAY))
                : OptionalLong.empty();
    }

    /** Milliseconds of the wall clock, digits beyond them cut; empty for a text of another form. */
    static OptionalLong millis(String text) {
        if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return OptionalLong.empty();
        }
        try {
            LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE_LENGTH));
            if (!Calendar.supports(date)) {
                return OptionalLong.empty();
            }
            long day = date.toEpochDay() * MILLIS_IN_DAY;
            if (text.length() == DATE_LENGTH) {
                return OptionalLong.of(day);
            }
            char separator = text.charAt(DATE_LENGTH);
            if (separator != ' ' && separator != 'T') {
                return OptionalLong.empty();
            }
            boolean zulu = text.charAt(text.length() - 1) == 'Z';
            OptionalLong time = ofDay(text.substring(DATE_LENGTH + 1, text.length() - (zulu ? 1 : 0)));
            return time.isPresent() ? OptionalLong.of(day + time.getAsLong()) : OptionalLong.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Milliseconds of {@code HH:MM[:SS[.digits]]}; empty for another form. */
    static OptionalLong ofDay(String text) {
        boolean minutes = text.length() == 5;
        boolean seconds = text.length() == 8 || (text.length() > 9 && text.charAt(8) == '.');
        if ((!minutes && !seconds) || text.charAt(2) != ':' || (seconds && text.charAt(5) != ':')) {
            return OptionalLong.empty();
        }
        try {
            int second = seconds ? number(text, 6, 8) : 0;
            long whole =
                    LocalTime.of(number(text, 0, 2), number(text, 3, 5), second).toSecondOfDay() * 1000L;
            return OptionalLong.of(whole + fraction(text));
        } catch (DateTimeException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static int fraction(String text) {
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            int at = 9 + i;
            millis = millis * 10 + (at < text.length() ? digit(text.charAt(at)) : 0);
        }
        for (int at = 12; at < text.length(); at++) {
            digit(text.charAt(at));
        }
        return millis;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(text.charAt(i));
        }
        return number;
    }

    private static int digit(char c) {
        if (c < '0' || c > '9') {
            throw new NumberFormatException("not a digit");
        }
        return c - '0';
    }

    static String text(LocalDateTime wallClock) {
        return wallClock.toLocalDate() + " " + text(wallClock.toLocalTime());
    }

    static String text(LocalTime time) {
        return TIME.format(time);
    }
}
