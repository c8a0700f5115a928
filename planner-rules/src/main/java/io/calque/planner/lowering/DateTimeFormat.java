package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.DataContext;

/**
 * TO_CHAR, TO_DATE and TO_TIMESTAMP with PostgreSQL's templates, of which docs/semantics.md lists the patterns. Anything else in a template stands for
 * itself; text in double quotes always does. Stateless.
 */
public final class DateTimeFormat {
    /** Longer patterns first: {@code MONTH} is not {@code MON} and "TH". */
    private static final List<String> PATTERNS = List.of(
            "HH24", "HH12", "IYYY", "YYYY", "Month", "MONTH", "month", "YYY", "Mon", "MON", "mon", "Day", "DAY", "day",
            "DDD", "IW", "ID", "YY", "MM", "DD", "Dy", "DY", "dy", "HH", "MI", "SS", "MS", "US", "AM", "PM", "am", "pm",
            "WW", "D", "Q", "Y");

    /** PostgreSQL pads the full names of months and days to the longest of them. */
    private static final int NAME_WIDTH = 9;

    private DateTimeFormat() {}

    public static String formatTimestamp(long timestamp, String template) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < template.length(); ) {
            boolean fill = !template.startsWith("FM", i);
            int at = fill ? i : i + 2;
            String pattern = patternAt(template, at);
            if (pattern != null) {
                text.append(format(pattern, timestamp, fill));
                i = at + pattern.length();
            } else if (!fill) {
                i = at;
            } else {
                i = copyLiteral(template, i, text);
            }
        }
        return text.toString();
    }

    private static @org.jspecify.annotations.Nullable String patternAt(String template, int at) {
        for (String pattern : PATTERNS) {
            boolean name = Character.isLowerCase(pattern.charAt(pattern.length() - 1)) || isName(pattern);
            if (name
                    ? template.startsWith(pattern, at)
                    : template.regionMatches(true, at, pattern, 0, pattern.length())) {
                return pattern;
            }
        }
        return null;
    }

    /** Patterns whose case says how to write the name. */
    private static boolean isName(String pattern) {
        return switch (pattern) {
            case "MONTH", "MON", "DAY", "DY", "AM", "PM" -> true;
            default -> false;
        };
    }

    private static int copyLiteral(String template, int at, StringBuilder text) {
        if (template.charAt(at) != '"') {
            text.append(template.charAt(at));
            return at + 1;
        }
        int close = template.indexOf('"', at + 1);
        int end = close < 0 ? template.length() : close;
        text.append(template, at + 1, end);
        return end + 1;
    }

    private static String format(String pattern, long timestamp, boolean fill) {
        LocalDate date = LocalDate.ofEpochDay(TimeCasts.timestampToDate(timestamp));
        int millis = TimeCasts.timestampToTime(timestamp);
        int hour = millis / 3_600_000;
        return switch (pattern) {
            case "YYYY" -> number(date.getYear(), 4, fill);
            case "YYY" -> number(Math.floorMod(date.getYear(), 1000), 3, fill);
            case "YY" -> number(Math.floorMod(date.getYear(), 100), 2, fill);
            case "Y" -> number(Math.floorMod(date.getYear(), 10), 1, fill);
            case "IYYY" -> number(date.get(IsoFields.WEEK_BASED_YEAR), 4, fill);
            case "Q" -> number(date.get(IsoFields.QUARTER_OF_YEAR), 1, fill);
            case "MM" -> number(date.getMonthValue(), 2, fill);
            case "DD" -> number(date.getDayOfMonth(), 2, fill);
            case "DDD" -> number(date.getDayOfYear(), 3, fill);
            case "D" -> number(date.getDayOfWeek().getValue() % 7 + 1, 1, fill);
            case "ID" -> number(date.getDayOfWeek().getValue(), 1, fill);
            case "IW" -> number(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, fill);
            case "WW" -> number((date.getDayOfYear() - 1) / 7 + 1, 2, fill);
            case "HH24" -> number(hour, 2, fill);
            case "HH", "HH12" -> number((hour + 11) % 12 + 1, 2, fill);
            case "MI" -> number(millis / 60_000 % 60, 2, fill);
            case "SS" -> number(millis / 1000 % 60, 2, fill);
            case "MS" -> number(millis % 1000, 3, fill);
            case "US" -> number(millis % 1000 * 1000, 6, fill);
            case "AM", "PM" -> hour < 12 ? "AM" : "PM";
            case "am", "pm" -> hour < 12 ? "am" : "pm";
            default -> name(pattern, date, fill);
        };
    }

    private static String name(String pattern, LocalDate date, boolean fill) {
        boolean month = pattern.charAt(0) == 'M' || pattern.charAt(0) == 'm';
        boolean whole = pattern.length() > 3 || pattern.equalsIgnoreCase("DAY");
        TextStyle style = whole ? TextStyle.FULL : TextStyle.SHORT;
        String name = month
                ? date.getMonth().getDisplayName(style, Locale.ENGLISH)
                : date.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
        String cased = switch (Character.getType(pattern.charAt(1)) == Character.UPPERCASE_LETTER
                ? 2
                : Character.isUpperCase(pattern.charAt(0)) ? 1 : 0) {
            case 2 -> CaseMapping.upper(name);
            case 1 -> name;
            default -> CaseMapping.lower(name);
        };
        return whole && fill ? cased + " ".repeat(NAME_WIDTH - cased.length()) : cased;
    }

    private static String number(int value, int width, boolean fill) {
        String digits = Integer.toString(Math.abs(value));
        String zeros = fill ? "0".repeat(Math.max(0, width - digits.length())) : "";
        return (value < 0 ? "-" : "") + zeros + digits;
    }

    public static int parseDate(String text, String template) {
        return TimeCasts.timestampToDate(new Reader(text, template).read());
    }

    /** The wall clock read in the session's time zone. */
    public static long parseInstant(String text, String template, DataContext context) {
        return TimeCasts.toInstant(new Reader(text, template).read(), TimeCasts.zone(context));
    }

    /** One text read by one template. Single-threaded, single use. */
    private static final class Reader {
        private final String text;
        private final String template;
        private int at;
        private int year = 1;
        private int month = 1;
        private int day = 1;
        private int hour;
        private int minute;
        private int second;
        private int milli;
        private boolean afternoon;
        private boolean halves;

        Reader(String text, String template) {
            this.text = text;
            this.template = template;
        }

        long read() {
            for (int i = 0; i < template.length(); ) {
                String pattern = patternAt(template, i);
                if (pattern != null) {
                    skipBlanks();
                    read(pattern, i + pattern.length());
                    i += pattern.length();
                } else if (template.startsWith("FM", i)) {
                    i += 2;
                } else {
                    // A separator in the template stands for any one in the text.
                    if (at < text.length() && !Character.isLetterOrDigit(text.charAt(at))) {
                        at++;
                    } else if (Character.isLetterOrDigit(template.charAt(i)) && at < text.length()) {
                        at++;
                    }
                    i++;
                }
            }
            return clock();
        }

        private long clock() {
            if (halves) {
                if (hour < 1 || hour > 12) {
                    throw outOfRange();
                }
                hour = hour % 12 + (afternoon ? 12 : 0);
            }
            if (hour > 23 || minute > 59 || second > 59) {
                throw outOfRange();
            }
            try {
                long date = LocalDate.of(year, month, day).toEpochDay();
                return date * DateTimeText.DAY_MILLIS + ((hour * 60L + minute) * 60 + second) * 1000 + milli;
            } catch (DateTimeException e) {
                throw outOfRange();
            }
        }

        private void read(String pattern, int next) {
            switch (pattern) {
                case "YYYY" ->
                    year = digits(next < template.length() && Character.isLetter(template.charAt(next)) ? 4 : 6);
                case "YY" -> year = twoDigitYear(digits(2));
                case "MM" -> month = digits(2);
                case "DD" -> day = digits(2);
                case "HH24" -> hour = digits(2);
                case "HH", "HH12" -> {
                    hour = digits(2);
                    halves = true;
                }
                case "MI" -> minute = digits(2);
                case "SS" -> second = digits(2);
                case "MS" -> milli = fraction();
                case "AM", "PM", "am", "pm" -> {
                    afternoon = text.regionMatches(true, at, "PM", 0, 2);
                    if (!afternoon && !text.regionMatches(true, at, "AM", 0, 2)) {
                        throw invalid();
                    }
                    halves = true;
                    at += 2;
                }
                case "Mon", "MON", "mon" -> month = monthName(TextStyle.SHORT);
                case "Month", "MONTH", "month" -> month = monthName(TextStyle.FULL);
                default ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED, "The pattern " + pattern + " can be written but not read");
            }
        }

        /** PostgreSQL takes the year nearest to 2020. */
        private static int twoDigitYear(int year) {
            return year < 70 ? 2000 + year : 1900 + year;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private int digits(int most) {
            int start = at;
            while (at < text.length() && at - start < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw invalid();
            }
            return Integer.parseInt(text.substring(start, at));
        }

        private int fraction() {
            int start = at;
            digits(3);
            return Integer.parseInt((text.substring(start, at) + "00").substring(0, 3));
        }

        private int monthName(TextStyle style) {
            for (java.time.Month candidate : java.time.Month.values()) {
                String name = candidate.getDisplayName(style, Locale.ENGLISH);
                if (text.regionMatches(true, at, name, 0, name.length())) {
                    at += name.length();
                    return candidate.getValue();
                }
            }
            throw invalid();
        }

        private QueryException invalid() {
            return new QueryException(
                    ErrorCode.INVALID_DATETIME, "'" + text + "' cannot be read with the template '" + template + "'");
        }

        private QueryException outOfRange() {
            return new QueryException(
                    ErrorCode.DATETIME_OUT_OF_RANGE, "'" + text + "' names no date and time that exists");
        }
    }
}
