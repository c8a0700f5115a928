package io.calque.engine.exec;

import java.util.concurrent.atomic.AtomicLong;

/** What one fetch has done so far; nanoseconds are wall time. Thread-safe. */
public final class FragmentCounters {
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong permitWaitNanos = new AtomicLong();
    private final AtomicLong sourceNanos = new AtomicLong();
    private final AtomicLong firstBatchNanos = new AtomicLong();
    private final AtomicLong readerWaitNanos = new AtomicLong();
    private final AtomicLong queueFullNanos = new AtomicLong();
    private final AtomicLong spooledBytes = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong keys = new AtomicLong();
    private final AtomicLong keptOut = new AtomicLong();
    private volatile String ranges = "";

    void batch(int rowCount, long byteCount) {
        rows.addAndGet(rowCount);
        bytes.addAndGet(byteCount);
        batches.incrementAndGet();
    }

    void asked(long keyCount) {
        queries.incrementAndGet();
        keys.addAndGet(keyCount);
    }

    void between(String keyRanges) {
        ranges = keyRanges;
    }

    void keptOut(int rowCount) {
        keptOut.addAndGet(rowCount);
    }

    void waitedForPermit(long nanos) {
        permitWaitNanos.addAndGet(nanos);
    }

    void readFromSource(long nanos) {
        sourceNanos.addAndGet(nanos);
        firstBatchNanos.compareAndSet(0, nanos);
    }

    void readerWaited(long nanos) {
        readerWaitNanos.addAndGet(nanos);
    }

    void queueWasFull(long nanos) {
        queueFullNanos.addAndGet(nanos);
    }

    void spooled(long byteCount) {
        spooledBytes.addAndGet(byteCount);
    }

    /** The figures now. */
    public Figures figures() {
        return new Figures(
                rows.get(),
                bytes.get(),
                batches.get(),
                permitWaitNanos.get(),
                sourceNanos.get(),
                firstBatchNanos.get(),
                readerWaitNanos.get(),
                queueFullNanos.get(),
                spooledBytes.get(),
                queries.get(),
                keys.get(),
                keptOut.get(),
                ranges);
    }

    /**
     * @param rows fetched
     * @param bytes in memory, roughly
     * @param permitWaitNanos before the native query could start
     * @param sourceNanos spent in the source's cursor
     * @param firstBatchNanos until the first batch
     * @param readerWaitNanos that operators waited for this fetch
     * @param queueFullNanos that this fetch waited for operators
     * @param spooledBytes written to disk because operators were slower than others could wait
     * @param queries native queries sent; none where no key could be met
     * @param keys sent with them
     * @param keptOut rows that came and met no key that was not sent
     * @param ranges columns, and between which keys they were asked for; may be empty
     */
    public record Figures(
            long rows,
            long bytes,
            long batches,
            long permitWaitNanos,
            long sourceNanos,
            long firstBatchNanos,
            long readerWaitNanos,
            long queueFullNanos,
            long spooledBytes,
            long queries,
            long keys,
            long keptOut,
            String ranges) {}
}
