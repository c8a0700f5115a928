package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates, times and timestamps as PostgreSQL reads its usual forms: ISO 8601, compact {@code 20200131}, {@code 1/31/2020} (month first), and
 * month names; a time with or without seconds, AM or PM; a zone as offset, Z, UTC or region. Stateless.
 */
final class DateTimeText {
    static final long DAY_MILLIS = 86_400_000L;

    private static final String MONTH = "(?<month>[a-z]{3,9})\\.?";
    private static final String TIME_TEXT =
            "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d*))?)?\\s*(?<half>am|pm)?";
    private static final String ZONE_TEXT =
            "\\s*(?<zone>z|[+-]\\d{1,2}(?::?\\d{2}(?::?\\d{2})?)?|(?!am\\b|pm\\b|bc\\b)[a-z][a-z_]+(?:/[a-z_+-]+[a-z0-9_/+-]*)*)?";

    /** The year, month and day in the forms that PostgreSQL takes for granted with DateStyle ISO, MDY. */
    private static final List<Pattern> DATES = List.of(
            form("(?<year>\\d{4,6})[-/](?<number>\\d{1,2})[-/](?<day>\\d{1,2})"),
            form("(?<year>\\d{4})(?<number>\\d{2})(?<day>\\d{2})"),
            form("(?<number>\\d{1,2})[-/](?<day>\\d{1,2})[-/](?<year>\\d{4,6})"),
            form(MONTH + "[ -](?<day>\\d{1,2})(?:,\\s*|[ -])(?<year>\\d{4,6})"),
            form("(?<day>\\d{1,2})[ -]" + MONTH + "[ -](?<year>\\d{4,6})"),
            form("(?<year>\\d{4,6})[ -]" + MONTH + "[ -](?<day>\\d{1,2})"));

    private static final Pattern TIME = Pattern.compile(TIME_TEXT + ZONE_TEXT, Pattern.CASE_INSENSITIVE);

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private DateTimeText() {}

    private static Pattern form(String date) {
        return Pattern.compile(
                date + "(?:(?:t|\\s+)" + TIME_TEXT + ")?" + ZONE_TEXT + "\\s*(?<era>ad|bc)?", Pattern.CASE_INSENSITIVE);
    }

    /**
     * A moment as written.
     *
     * @param day days since 1970-01-01
     * @param millis of the day; 24:00 is a whole day
     * @param zone as written, else null
     */
    record Moment(int day, long millis, @Nullable ZoneId zone) {
        long wallClock() {
            return day * DAY_MILLIS + millis;
        }
    }

    /**
     * @param type for the message: DATE, TIMESTAMP
     * @throws QueryException INVALID_DATETIME for another form, DATETIME_OUT_OF_RANGE for a day or time that does not exist
     */
    static Moment parse(String text, String type) {
        String trimmed = NumberText.trim(text);
        for (Pattern form : DATES) {
            Matcher matcher = form.matcher(trimmed);
            if (matcher.matches()) {
                return new Moment(
                        day(matcher, text, type),
                        matcher.group("hour") == null ? 0 : time(matcher, text, type),
                        zone(matcher, text, type));
            }
        }
        throw invalid(text, type);
    }

    /** Milliseconds of the day; a date before the time and a zone after it are read and left out. */
    static int parseTime(String text) {
        String trimmed = NumberText.trim(text);
        Matcher matcher = TIME.matcher(trimmed);
        if (matcher.matches()) {
            return (int) time(matcher, text, "TIME");
        }
        for (Pattern form : DATES) {
            Matcher dated = form.matcher(trimmed);
            if (dated.matches() && dated.group("hour") != null) {
                return (int) time(dated, text, "TIME");
            }
        }
        throw invalid(text, "TIME");
    }

    private static int day(Matcher matcher, String text, String type) {
        int year = Integer.parseInt(matcher.group("year"));
        if ("bc".equalsIgnoreCase(matcher.group("era"))) {
            year = 1 - year;
        }
        int month = month(matcher, text, type);
        try {
            return Math.toIntExact(LocalDate.of(year, month, Integer.parseInt(matcher.group("day")))
                    .toEpochDay());
        } catch (DateTimeException e) {
            throw outOfRange(text, type);
        }
    }

    private static int month(Matcher matcher, String text, String type) {
        if (!matcher.pattern().pattern().contains("?<month>")) {
            return Integer.parseInt(matcher.group("number"));
        }
        String name = matcher.group("month").toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.size(); i++) {
            boolean abbreviated = name.length() == 3 || name.equals("sept");
            if (abbreviated ? MONTHS.get(i).startsWith(name) : MONTHS.get(i).equals(name)) {
                return i + 1;
            }
        }
        throw invalid(text, type);
    }

    private static long time(Matcher matcher, String text, String type) {
        int hour = Integer.parseInt(matcher.group("hour"));
        int minute = Integer.parseInt(matcher.group("minute"));
        int second = matcher.group("second") == null ? 0 : Integer.parseInt(matcher.group("second"));
        int milli = millis(matcher.group("fraction"));
        String half = matcher.group("half");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw outOfRange(text, type);
            }
            hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
        }
        boolean midnightAtEnd = hour == 24 && minute == 0 && second == 0 && milli == 0;
        // A leap second counts as the first second of the next minute.
        if (hour > 23 && !midnightAtEnd || minute > 59 || second > 60) {
            throw outOfRange(text, type);
        }
        return ((hour * 60L + minute) * 60 + second) * 1000 + milli;
    }

    /** Digits past the third are cut: instants keep milliseconds and are never moved forward. */
    private static int millis(@Nullable String fraction) {
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        return Integer.parseInt((fraction + "00").substring(0, 3));
    }

    private static @Nullable ZoneId zone(Matcher matcher, String text, String type) {
        String zone = matcher.group("zone");
        if (zone == null) {
            return null;
        }
        try {
            return zone(zone);
        } catch (DateTimeException e) {
            throw invalid(text, type);
        }
    }

    /** An offset such as +2, +0230, -05:00, or a region, without case. */
    static ZoneId zone(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("Z") || upper.equals("UTC") || upper.equals("GMT")) {
            return ZoneOffset.UTC;
        }
        if (upper.startsWith("+") || upper.startsWith("-")) {
            String digits = upper.substring(1).replace(":", "");
            if (digits.length() % 2 == 1) {
                digits = "0" + digits;
            }
            return ZoneOffset.of(upper.charAt(0) + digits);
        }
        for (String region : ZoneId.getAvailableZoneIds()) {
            if (region.equalsIgnoreCase(name)) {
                return ZoneId.of(region);
            }
        }
        throw new DateTimeException("No time zone " + name);
    }

    static QueryException invalid(String text, String type) {
        return new QueryException(
                ErrorCode.INVALID_DATETIME, "'" + text + "' is not a valid " + type + "; write " + example(type));
    }

    private static String example(String type) {
        return switch (type) {
            case "DATE" -> "'2020-01-31'";
            case "TIME" -> "'23:59:59'";
            default -> "'2020-01-31 23:59:59'";
        };
    }

    static QueryException outOfRange(String text, String type) {
        return new QueryException(ErrorCode.DATETIME_OUT_OF_RANGE, "'" + text + "' names no " + type + " that exists");
    }
}
