package io.calque.engine.exec;

import io.calque.engine.operator.Crew;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that operators of all queries share, so that one query can use more than one core. Each query pulls with a thread of its own; by
 * itself it is given as many more as there are cores that neither a query nor another process takes. Thread-safe.
 */
public final class LocalThreads implements AutoCloseable {
    /** The setting that stands for: as many as are free. */
    public static final int AUTO = 0;
    /** More are of no use to anybody; tests ask for more than there are cores. */
    public static final int MOST = 64;

    private static final int QUEUED = 1024;
    private static final long IDLE_SECONDS = 30;

    private final int cores;
    private final FreeCores freeCores;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger queries = new AtomicInteger();

    public LocalThreads(int cores, ThreadFactory threads) {
        this.cores = cores;
        this.freeCores = new FreeCores(cores);
        int helpers = Math.max(3, cores - 1);
        this.pool = new ThreadPoolExecutor(
                helpers, helpers, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUED), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * For one query, which counts as running from now on.
     *
     * @param wanted how many threads it may use, its own included; {@link #AUTO} for what is free
     */
    QueryThreads forQuery(int wanted) {
        queries.incrementAndGet();
        return new QueryThreads(wanted);
    }

    /** Cores that neither a query nor another process takes, with that of the one that asks; at least 1. */
    int free() {
        return Math.max(1, Math.min(freeCores.count(), 1 + cores - queries.get()));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** What one query sees. */
    final class QueryThreads implements Crew, AutoCloseable {
        private final int wanted;
        private boolean ended;

        private QueryThreads(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public int size() {
            return wanted == AUTO ? free() : wanted;
        }

        @Override
        public void offer(Runnable work) {
            try {
                pool.execute(work);
            } catch (RejectedExecutionException e) {
                // there is more to do than threads: whoever needs it does it
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                queries.decrementAndGet();
            }
        }
    }
}
