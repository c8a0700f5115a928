package io.calque.driver;

/** What limits one execution. Immutable. */
final class Bounds {
    static final Bounds NONE = new Bounds(0, 0, 0);

    private final long timeoutMillis;
    private final long maxRows;
    private final int frameRows;

    /**
     * @param timeoutMillis 0 for the server's own limit
     * @param maxRows 0 for all
     * @param frameRows rows per round trip; 0 lets the server choose
     */
    Bounds(long timeoutMillis, long maxRows, int frameRows) {
        this.timeoutMillis = timeoutMillis;
        this.maxRows = maxRows;
        this.frameRows = frameRows;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    long maxRows() {
        return maxRows;
    }

    int frameRows() {
        return frameRows;
    }
}
