package io.calque.engine;

import java.time.Duration;

/**
 * Bounds of the engine.
 *
 * @param queryMemoryBytes rows that one query may hold, unless its session says otherwise
 * @param processMemoryBytes rows that all queries together may hold
 * @param statementTimeout of sessions that set none
 * @param maxQueries queries that may run at once
 * @param planCacheSize plans kept
 */
public record EngineConfig(
        long queryMemoryBytes, long processMemoryBytes, Duration statementTimeout, int maxQueries, int planCacheSize) {
    /** Half the heap for all rows, a quarter for one query. */
    public static EngineConfig defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new EngineConfig(heap / 4, heap / 2, Duration.ofHours(1), 256, 500);
    }

    public EngineConfig {
        if (queryMemoryBytes < 1 || processMemoryBytes < 1 || maxQueries < 1 || planCacheSize < 0) {
            throw new IllegalArgumentException("engine limits must be positive");
        }
    }
}
