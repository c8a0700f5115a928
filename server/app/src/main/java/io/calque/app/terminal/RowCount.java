package io.calque.app.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers under a result, for people. */
public final class RowCount {
    private RowCount() {}

    public static String of(long rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }

    /** Milliseconds below a second, else seconds. */
    public static String time(Duration took) {
        long millis = took.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
}
