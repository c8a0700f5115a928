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
    /** With fewer rows the round trip is most of what is seen. */
    private static final int ROWS_WORTH_LEARNING = 200;

    private static final int KEYS_WORTH_LEARNING = 60;

    /** Fewer cost any server little. */
    private static final int ALWAYS_SENT = 50;

    private static final double WEIGHT_OF_NEWEST = 0.3;

    /** A server that slows down is noticed after some tens of reads. */
    private static final double SLOWLY_DEARER = 1.05;

    /** A refusal that is asked for again and again is tried again in the end: servers get indexes. */
    private static final double FORGETTING = 0.95;

    private final Map<SourceId, Double> nanosPerRow = new ConcurrentHashMap<>();
    private final Map<String, Double> nanosPerKey = new ConcurrentHashMap<>();
    private final Map<String, KeysAtOnce> sizes = new ConcurrentHashMap<>();

    /** The cheapest reads count: what a filter at the source left out was looked at there, too, and is no part of {@code rows}. */
    void readAll(SourceId source, long rows, long nanos) {
        if (rows >= ROWS_WORTH_LEARNING) {
            nanosPerRow.merge(
                    source, (double) nanos / rows, (known, newest) -> Math.min(newest, known * SLOWLY_DEARER));
        }
    }

    void readByKeys(KeyedReads.Request request, long nanos) {
        if (request.keys() >= KEYS_WORTH_LEARNING) {
            String column = request.query().source() + "." + request.column();
            double perKey = (double) nanos / request.keys();
            nanosPerKey.merge(column, perKey, KeyedReadCosts::mixed);
            KeysAtOnce known = sizes.get(column);
            if (known != null) {
                known.took((int) request.keys(), perKey);
            }
        }
    }

    /**
     * What is learned of a column holds for one kind of reads: a server that finds keys by its index may compare each row with each of them
     * where something else is asked as well.
     */
    static String kind(KeyUse use) {
        return use.untriedKeys() == Integer.MAX_VALUE ? use.name() : use.name() + " without an index";
    }

    /** How many keys the next native query is sent. */
    int keysAtOnce(SourceId source, KeyUse use) {
        return sizes.computeIfAbsent(source + "." + kind(use), column -> new KeysAtOnce(use.keysAtOnce()))
                .size();
    }

    private static double mixed(double known, double newest) {
        return known * (1 - WEIGHT_OF_NEWEST) + newest * WEIGHT_OF_NEWEST;
    }

    /** Whether reading by so many keys is cheaper than reading all rows, as far as is known. */
    boolean pays(SourceId source, KeyUse use, int keys) {
        if (keys <= ALWAYS_SENT) {
            return true;
        }
        String column = source + "." + kind(use);
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
