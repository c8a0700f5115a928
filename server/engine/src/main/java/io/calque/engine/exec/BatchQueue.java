package io.calque.engine.exec;

import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Batches on their way from one fetch to the operator that reads it: bounded, unless told to take everything. One writer, one
 * reader; {@link #fail} and {@link #unbound} from any thread.
 */
final class BatchQueue {
    private final int capacity;
    private final MemoryAccount memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ColumnBatch> batches = new ArrayDeque<>();
    private boolean bounded = true;
    private boolean ended;
    private boolean abandoned;
    private @Nullable QueryException failure;

    /**
     * @param capacity batches
     */
    BatchQueue(int capacity, MemoryAccount memory) {
        this.capacity = capacity;
        this.memory = memory;
    }

    /** Waits while the queue is full; false when nobody will read any more. */
    boolean put(ColumnBatch batch) throws InterruptedException {
        memory.reserve(batch.sizeInBytes());
        lock.lockInterruptibly();
        try {
            while (bounded && batches.size() >= capacity && !abandoned && failure == null) {
                changed.await();
            }
            if (abandoned || failure != null) {
                memory.release(batch.sizeInBytes());
                return false;
            }
            batches.add(batch);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
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

    /** Lets the writer go on without bound, so that it ends and gives its permit back. */
    void unbound() {
        lock.lock();
        try {
            bounded = false;
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
            batches.forEach(batch -> memory.release(batch.sizeInBytes()));
            batches.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, waiting for it; nothing at the end. */
    Optional<ColumnBatch> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (batches.isEmpty() && !ended && failure == null && !abandoned) {
                changed.await();
            }
            if (failure != null) {
                // A new object: the same failure may be thrown in several threads.
                throw new QueryException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            ColumnBatch next = batches.poll();
            if (next == null) {
                return Optional.empty();
            }
            memory.release(next.sizeInBytes());
            changed.signalAll();
            return Optional.of(next);
        } finally {
            lock.unlock();
        }
    }
}
