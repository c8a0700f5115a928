package io.calque.embedded;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** How moments are spelled in the text that PostgreSQL and SQLite take. */
final class SqlText {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS");

    private SqlText() {}

    /** The fraction of the second is left out where it is zero, as SQLite's own functions do. */
    static String of(LocalDateTime time) {
        return (time.getNano() == 0 ? SECONDS : NANOS).format(time);
    }
}
