package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts the bytes that rows of one query, or of the whole process, hold in memory. Thread-safe.
 *
 * <p>Counted: batches in queues, rows kept for a second reading, and, estimated, what operators keep: the build side of a join, the groups
 * of an aggregate, the rows of a sort, a window or a set operation.
 */
public final class MemoryAccount {
    private final String owner;
    private final long limit;
    private final String setting;
    private final Optional<MemoryAccount> parent;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private volatile Supplier<Optional<String>> largestUse = Optional::empty;

    private MemoryAccount(String owner, long limit, String setting, Optional<MemoryAccount> parent) {
        this.owner = owner;
        this.limit = limit;
        this.setting = setting;
        this.parent = parent;
    }

    /**
     * @param limit bytes
     */
    public static MemoryAccount ofProcess(long limit) {
        return new MemoryAccount("all queries together", limit, "limits.total_memory", Optional.empty());
    }

    MemoryAccount ofQuery(String queryId, long queryLimit) {
        return new MemoryAccount("query " + queryId, queryLimit, "query_memory", Optional.of(this));
    }

    /**
     * @throws QueryException OUT_OF_MEMORY, saying what to raise
     */
    void reserve(long bytes) {
        reserve(bytes, largestUse);
    }

    private void reserve(long bytes, Supplier<Optional<String>> reason) {
        parent.ifPresent(p -> p.reserve(bytes, reason));
        long now = used.addAndGet(bytes);
        if (now > limit) {
            used.addAndGet(-bytes);
            parent.ifPresent(p -> p.release(bytes));
            throw new QueryException(
                    ErrorCode.OUT_OF_MEMORY,
                    "Rows held by " + owner + " need more than " + limit / (1024 * 1024) + " MiB of memory; raise "
                            + setting + ", or make the query keep fewer rows"
                            + reason.get().map(use -> "; " + use).orElse(""));
        }
        peak.accumulateAndGet(now, Math::max);
    }

    /**
     * Takes so much only where a quarter of the memory stays free: for rows on their way, and for operators that cannot do with less.
     *
     * @return whether it was taken
     */
    boolean tryReserve(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limit - limit / 4 || parent.isPresent() && !parent.get().tryReserve(bytes)) {
            used.addAndGet(-bytes);
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    /** Whether so much more would leave an eighth of the memory free: for what cannot wait. */
    boolean hasRoom(long bytes) {
        return used.get() + bytes <= limit - limit / 8
                && (parent.isEmpty() || parent.get().hasRoom(bytes));
    }

    /** Bytes that may be used at most. */
    long limit() {
        return limit;
    }

    /** Where to ask, when memory runs out, what uses most of it. */
    void explainedBy(Supplier<Optional<String>> use) {
        largestUse = use;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
        parent.ifPresent(p -> p.release(bytes));
    }

    /** Gives back whatever is still reserved; the query is over. */
    void releaseAll() {
        long rest = used.getAndSet(0);
        parent.ifPresent(p -> p.release(rest));
    }

    public long usedBytes() {
        return used.get();
    }

    public long peakBytes() {
        return peak.get();
    }
}
