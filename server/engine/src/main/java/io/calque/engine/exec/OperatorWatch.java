package io.calque.engine.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one operator of a running query has done: rows passed on, when, and what it keeps in memory. Written by the thread that pulls the
 * query; {@link #figures} may come from any.
 */
final class OperatorWatch {
    /** Rows after which others see how far it is. */
    private static final int PUBLISHED_EVERY = 1024;

    private final String description;
    private final long startedNanos;
    private final List<MemoryCharge> charges = new ArrayList<>();
    private long rows;
    private @Nullable Object groupKey;
    private volatile long publishedRows;
    private volatile long firstRowNanos;
    private volatile long lastNanos;
    private volatile long keptBytes;
    private volatile long peakBytes;
    private volatile long spilledBytes;

    /**
     * @param description for messages
     * @param startedNanos of the query
     */
    OperatorWatch(String description, long startedNanos) {
        this.description = description;
        this.startedNanos = startedNanos;
    }

    OperatorFigures figures() {
        return new OperatorFigures(publishedRows, firstRowNanos, lastNanos, peakBytes);
    }

    String description() {
        return description;
    }

    void passed(int count) {
        if (count == 0) {
            return;
        }
        if (rows == 0) {
            firstRowNanos = System.nanoTime() - startedNanos;
        }
        rows += count;
        publish();
    }

    void passed() {
        rows++;
        if (rows == 1) {
            firstRowNanos = System.nanoTime() - startedNanos;
            publish();
        } else if (rows % PUBLISHED_EVERY == 0) {
            publish();
        }
    }

    /** No more rows come, at least from this reading: what it kept for them is free. */
    void ended() {
        publish();
        charges.forEach(MemoryCharge::release);
    }

    /** The key of the row being grouped: of the next group, should one begin. */
    void groupKey(@Nullable Object key) {
        groupKey = key;
    }

    @Nullable Object groupKey() {
        return groupKey;
    }

    private void publish() {
        publishedRows = rows;
        lastNanos = System.nanoTime() - startedNanos;
    }

    /** For what it keeps of one input. */
    MemoryCharge charge(int input, MemoryAccount account) {
        while (charges.size() <= input) {
            charges.add(new MemoryCharge(account, this));
        }
        return charges.get(input);
    }

    /** What an operator of our own holds now. */
    void holds(long bytes) {
        keptBytes = bytes;
        peakBytes = Math.max(peakBytes, bytes);
    }

    /** What an operator of our own wrote to disk. */
    void spilled(long bytes) {
        spilledBytes += bytes;
    }

    /** From any thread. */
    long spilledBytes() {
        return spilledBytes;
    }

    /** From any thread. */
    long keptBytes() {
        return keptBytes;
    }

    /** A charge has changed. */
    void keeps() {
        long bytes = 0;
        for (MemoryCharge charge : charges) {
            bytes += charge.bytes();
        }
        keptBytes = bytes;
        peakBytes = Math.max(peakBytes, bytes);
    }
}
