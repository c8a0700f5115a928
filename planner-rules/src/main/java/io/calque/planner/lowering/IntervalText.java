package io.calque.planner.lowering;

import java.util.ArrayList;
import java.util.List;

/** Intervals as PostgreSQL writes them: {@code 1 year 2 mons}, {@code 3 days 04:05:06.7}. Stateless. */
public final class IntervalText {
    private IntervalText() {}

    public static String monthIntervalToText(long months) {
        List<String> parts = new ArrayList<>();
        append(parts, months / 12, "year");
        append(parts, months % 12, "mon");
        return parts.isEmpty() ? "00:00:00" : String.join(" ", parts);
    }

    public static String dayIntervalToText(long millis) {
        List<String> parts = new ArrayList<>();
        append(parts, millis / DateTimeText.DAY_MILLIS, "day");
        int clock = (int) (millis % DateTimeText.DAY_MILLIS);
        if (clock != 0 || parts.isEmpty()) {
            parts.add((clock < 0 ? "-" : "") + TimeCasts.timeToText(Math.abs(clock)));
        }
        return String.join(" ", parts);
    }

    private static void append(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
