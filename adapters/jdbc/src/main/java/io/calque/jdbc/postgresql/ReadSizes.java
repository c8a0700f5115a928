package io.calque.jdbc.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which texts gave few rows when they were last read: to ask the server for their types first would cost them more than it saves.
 * Thread-safe.
 */
final class ReadSizes {
    private static final int FEW_ROWS = 2_000;
    private static final int TEXTS = 1_000;

    private final Map<String, Boolean> small = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > TEXTS;
        }
    };

    /** False only of what is known to be small. */
    synchronized boolean mayBeLarge(String text) {
        return small.get(text) == null;
    }

    /** A read is over, or was given up. */
    synchronized void learn(String text, long rows) {
        if (rows < FEW_ROWS) {
            small.put(text, true);
            return;
        }
        small.remove(text);
    }
}
