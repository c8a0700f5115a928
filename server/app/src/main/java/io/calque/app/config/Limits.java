package io.calque.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bounds of the process; what is absent keeps the engine's own default. Immutable.
 *
 * @param statementTimeout how long one statement may run
 * @param queryMemory bytes one query may hold
 * @param totalMemory bytes all queries may hold together
 * @param spoolDisk bytes of disk for rows that wait for slow readers or do not fit in memory
 * @param spoolDirectory where these are kept
 */
public record Limits(
        Optional<Duration> statementTimeout,
        OptionalLong queryMemory,
        OptionalLong totalMemory,
        OptionalLong spoolDisk,
        Optional<Path> spoolDirectory) {
    public static final Limits DEFAULT = new Limits(
            Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
}
