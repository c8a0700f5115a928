package io.calque.engine.exec;

/** What one operator has taken from the query's memory account for one purpose. Belongs to the thread that pulls the query. */
final class MemoryCharge {
    /** Taken from the account at once, so that few rows need to touch it. */
    private static final long STEP = 64 * 1024;

    private final MemoryAccount account;
    private final OperatorWatch operator;
    private long reserved;
    private long used;

    MemoryCharge(MemoryAccount account, OperatorWatch operator) {
        this.account = account;
        this.operator = operator;
    }

    /**
     * @throws io.calque.spi.QueryException OUT_OF_MEMORY
     */
    void add(long bytes) {
        used += bytes;
        if (used > reserved) {
            long step = Math.max(STEP, used - reserved);
            account.reserve(step);
            reserved += step;
            operator.keeps();
        }
    }

    void release() {
        if (used == 0) {
            return;
        }
        account.release(reserved);
        reserved = 0;
        used = 0;
        operator.keeps();
    }

    long bytes() {
        return used;
    }
}
