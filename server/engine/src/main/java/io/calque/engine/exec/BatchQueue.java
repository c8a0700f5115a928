package io.calque.engine.exec;

import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches on their way from one fetch to the operator that reads it: a few in memory, and, once told that somebody needs the fetch's permit,
 * the rest on disk. One writer, one reader; {@link #fail}, {@link #unbound} and {@link #press} from any thread.
 */
final class BatchQueue {
    /** How long a full queue waits for its reader once others wait for the permit. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A batch of which a filter left little takes little room: the queue is not full of such ones before they take this much each. */
    private static final long LEAST_BATCH_BYTES = 32 * 1024;

    private final int capacity;
    private final MemoryAccount memory;
    private final Supplier<BatchSpool> newSpool;
    private final FragmentCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ColumnBatch> batches = new ArrayDeque<>();
    private @Nullable BatchSpool spool;
    private long queuedBytes;
    private boolean bounded = true;
    private boolean pressed;
    private boolean ended;
    private boolean abandoned;
    private @Nullable QueryException failure;

    /**
     * @param capacity batches in memory; more where they are small
     * @param newSpool where batches beyond that go
     */
    BatchQueue(int capacity, MemoryAccount memory, Supplier<BatchSpool> newSpool, FragmentCounters counters) {
        this.capacity = capacity;
        this.memory = memory;
        this.newSpool = newSpool;
        this.counters = counters;
    }

    /** Waits while the queue is full, or others hold the memory for one more; false when nobody will read any more. */
    boolean put(ColumnBatch batch) throws InterruptedException {
        long bytes = batch.sizeInBytes();
        lock.lockInterruptibly();
        try {
            awaitRoom(bytes);
            if (abandoned || failure != null) {
                return false;
            }
            if (isFull(bytes)) {
                counters.spooled(onDisk().add(batch));
            } else {
                memory.reserve(bytes);
                queuedBytes += bytes;
                batches.add(batch);
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(long bytes) throws InterruptedException {
        long patience = PATIENCE_NANOS;
        while (bounded && isFull(bytes) && !abandoned && failure == null) {
            if (!pressed) {
                changed.await();
            } else if (patience > 0) {
                patience = changed.awaitNanos(patience);
            } else {
                bounded = false;
            }
        }
    }

    /** While batches wait on disk, later ones have to go there, too. The reader always finds one: it may free memory by that. */
    private boolean isFull(long bytes) {
        return batches.size() >= capacity && queuedBytes >= capacity * LEAST_BATCH_BYTES
                || spool != null && !spool.isEmpty()
                || !batches.isEmpty() && !memory.hasRoom(bytes);
    }

    private BatchSpool onDisk() {
        BatchSpool open = spool;
        if (open == null) {
            open = newSpool.get();
            spool = open;
        }
        return open;
    }

    /** The writer is done. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The reader gets this failure at its next call, before any batch still queued; only the first failure counts. */
    void fail(QueryException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the writer go on without bound, so that it ends and gives its permit back: its own query waits for that. */
    void unbound() {
        lock.lock();
        try {
            bounded = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Others wait for the permit: from now on a writer whose reader is slow goes on without bound. */
    void press() {
        lock.lock();
        try {
            pressed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The reader wants no more. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            memory.release(queuedBytes);
            queuedBytes = 0;
            batches.clear();
            closeSpool();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closeSpool() {
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }

    /** The next batch, waiting for it; nothing at the end. */
    Optional<ColumnBatch> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isEmpty() && !ended && failure == null && !abandoned) {
                changed.await();
            }
            if (failure != null) {
                // A new object: the same failure may be thrown in several threads.
                throw new QueryException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            ColumnBatch next = batches.poll();
            if (next != null) {
                long bytes = next.sizeInBytes();
                memory.release(bytes);
                queuedBytes -= bytes;
                changed.signalAll();
                return Optional.of(next);
            }
            if (spool == null || spool.isEmpty()) {
                closeSpool();
                return Optional.empty();
            }
            ColumnBatch spooled = spool.poll();
            changed.signalAll();
            return Optional.of(spooled);
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #take} does not wait. */
    boolean hasArrived() {
        lock.lock();
        try {
            return ended || failure != null || !isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return batches.isEmpty() && (spool == null || spool.isEmpty());
    }
}
