package io.calque.engine.exec;

import io.calque.planner.physical.KeyUse;
import io.calque.spi.SourceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What reads by keys were seen to cost at each source, beside reads of all rows: one server looks keys up in an index, another compares each
 * row with each key, and only the clock tells. Thread-safe.
 */
final class KeyedReadCosts {
    /** With fewer keys, or rows, the round trip is most of what is seen. */
    private static final int WORTH_LEARNING = 200;

    private static final int ALWAYS_SENT = 50;
    private static final double WEIGHT_OF_NEWEST = 0.3;

    /** A refusal that is asked for again and again is tried again in the end: servers get indexes. */
    private static final double FORGETTING = 0.95;

    private final Map<SourceId, Double> nanosPerRow = new ConcurrentHashMap<>();
    private final Map<String, Double> nanosPerKey = new ConcurrentHashMap<>();

    void readAll(SourceId source, long rows, long nanos) {
        if (rows >= WORTH_LEARNING) {
            nanosPerRow.merge(source, (double) nanos / rows, KeyedReadCosts::mixed);
        }
    }

    void readByKeys(SourceId source, String column, long keys, long nanos) {
        if (keys >= WORTH_LEARNING) {
            nanosPerKey.merge(source + "." + column, (double) nanos / keys, KeyedReadCosts::mixed);
        }
    }

    private static double mixed(double known, double newest) {
        return known * (1 - WEIGHT_OF_NEWEST) + newest * WEIGHT_OF_NEWEST;
    }

    /** Whether reading by so many keys is cheaper than reading all rows, as far as is known. */
    boolean pays(SourceId source, KeyUse use, int keys) {
        if (keys <= ALWAYS_SENT) {
            return true;
        }
        String column = source + "." + use.name();
        Double perKey = nanosPerKey.get(column);
        if (perKey == null) {
            return keys <= use.untriedKeys();
        }
        Double perRow = nanosPerRow.get(source);
        if (perRow == null || perKey * keys <= perRow * use.allRows()) {
            return true;
        }
        nanosPerKey.put(column, perKey * FORGETTING);
        return false;
    }
}
