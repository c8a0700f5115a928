package io.calque.engine.exec;

import java.util.HashMap;
import java.util.Map;

/**
 * With how many keys at once reads of one column are cheapest for each key: one server pays for each round trip, another compares all it
 * finds with all it is sent. Twice as many are tried, and kept where that made a key cheaper. Thread-safe.
 */
final class KeysAtOnce {
    static final int MOST = 50_000;

    private static final int LEAST = 100;
    private static final int SEEN_BEFORE_DOUBLING = 3;
    private static final double WORTH_DOUBLING = 0.9;
    private static final double TOO_DEAR = 1.3;

    /** What was too dear once is tried again in the end. */
    private static final double FORGETTING = 0.99;

    private final Map<Integer, Double> nanosPerKey = new HashMap<>();
    private int size;
    private int seen;

    KeysAtOnce(int first) {
        size = Math.min(first, MOST);
    }

    synchronized int size() {
        return size;
    }

    /** Smaller reads, as the last one of a set is, say nothing. */
    synchronized void took(int keys, double nanos) {
        if (keys != size) {
            return;
        }
        double own = nanosPerKey.merge(size, nanos, (known, newest) -> (known + newest) / 2);
        Double half = nanosPerKey.get(size / 2);
        Double twice = nanosPerKey.computeIfPresent(size * 2, (larger, known) -> known * FORGETTING);
        seen++;
        if (half != null && own > half * TOO_DEAR && size / 2 >= LEAST) {
            resize(size / 2);
        } else if (seen >= SEEN_BEFORE_DOUBLING
                && size * 2 <= MOST
                && (twice == null || twice < own * WORTH_DOUBLING)) {
            resize(size * 2);
        }
    }

    private void resize(int other) {
        size = other;
        seen = 0;
    }
}
