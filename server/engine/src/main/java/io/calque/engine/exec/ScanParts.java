package io.calque.engine.exec;

import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import java.util.concurrent.Executor;

/**
 * In how many parts a fetch may be read at the same time. A fetch runs on the permit that its query holds; what more it takes is only what is
 * free at that moment, so that it waits for none and, where every source has one permit, is read whole. Thread-safe.
 */
public final class ScanParts {
    /** The setting that stands for: as many as cores are free for, where many rows are expected. */
    static final int AUTO = 0;

    /** With fewer rows the statements for the parts cost more than they save. */
    public static final long MANY_ROWS = 500_000;
    /** The server sends one part, and this process decodes it: a part more wants cores of its own. */
    private static final int CORES_A_PART = 2;

    private final int wanted;
    private final LocalThreads threads;
    private final SourcePermits permits;
    private final Executor executor;

    /**
     * @param wanted how many at most; {@link #AUTO} for what is free
     */
    ScanParts(int wanted, LocalThreads threads, SourcePermits permits, Executor executor) {
        this.wanted = wanted;
        this.threads = threads;
        this.permits = permits;
        this.executor = executor;
    }

    /** How many parts a fetch may be read in; 1 for a fetch that is read whole. */
    int of(NativeQuery query, Source source) {
        if (query.dividableRows().isEmpty()) {
            return 1;
        }
        int most = wanted;
        if (wanted == AUTO) {
            most = query.dividableRows().getAsLong() < MANY_ROWS ? 1 : threads.free() / CORES_A_PART;
        }
        return Math.max(1, Math.min(most, source.permits()));
    }

    /** Takes permits that are free now; how many. */
    int take(NativeQuery query, int most) {
        return permits.takeFree(query.source(), most);
    }

    /** Permits that were taken and not used. */
    void giveBack(NativeQuery query, int count) {
        permits.release(query.source(), count);
    }

    /** Runs it on one permit that was taken, which is given back when it ends. */
    void run(NativeQuery query, Runnable part) {
        executor.execute(() -> {
            try {
                part.run();
            } finally {
                permits.release(query.source(), 1);
            }
        });
    }
}
