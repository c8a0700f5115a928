package io.calque.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of the engine.
 *
 * @param queryMemoryBytes rows that one query may hold, unless its session says otherwise
 * @param processMemoryBytes rows that all queries together may hold
 * @param statementTimeout of sessions that set none
 * @param maxQueries queries that may run at once
 * @param planCacheSize plans kept
 * @param spoolDiskBytes of disk for rows that all queries together hold for slow readers, or that do not fit in memory
 * @param spoolDirectory where these are kept
 */
public record EngineConfig(
        long queryMemoryBytes,
        long processMemoryBytes,
        Duration statementTimeout,
        int maxQueries,
        int planCacheSize,
        long spoolDiskBytes,
        Path spoolDirectory) {
    private static final long SPOOL_DISK = 10L << 30;

    /** Half the heap for all rows, a quarter for one query; 10 GiB of the directory for temporary files. */
    public static EngineConfig defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new EngineConfig(heap / 4, heap / 2, Duration.ofHours(1), 256, 500);
    }

    /** With the default spool. */
    public EngineConfig(
            long queryMemoryBytes,
            long processMemoryBytes,
            Duration statementTimeout,
            int maxQueries,
            int planCacheSize) {
        this(
                queryMemoryBytes,
                processMemoryBytes,
                statementTimeout,
                maxQueries,
                planCacheSize,
                SPOOL_DISK,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    public EngineConfig {
        if (queryMemoryBytes < 1
                || processMemoryBytes < 1
                || maxQueries < 1
                || planCacheSize < 0
                || spoolDiskBytes < 0) {
            throw new IllegalArgumentException("engine limits must be positive");
        }
    }
}
