package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many native queries run at each source at once, over all queries of the process. Thread-safe.
 *
 * <p>When one has to wait, those who hold permits of the source are asked to finish what their readers are slow to take. A query takes all it
 * will need at its start, source by source in the order of their names, so two queries never wait for each other
 * in a circle.
 */
public final class SourcePermits {
    private final Map<SourceId, Semaphore> semaphores = new ConcurrentHashMap<>();
    private final Map<SourceId, Set<Runnable>> holders = new ConcurrentHashMap<>();

    /**
     * Takes permits for one query, waiting its turn.
     *
     * @param wanted native queries that may run at once, by source
     * @return what was granted: at most what the source has
     * @throws QueryException TIMED_OUT when the turn does not come in time, CANCELLED when interrupted
     */
    SortedMap<SourceId, Integer> reserve(SortedMap<Source, Integer> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        SortedMap<SourceId, Integer> granted = new TreeMap<>();
        for (Map.Entry<Source, Integer> want : wanted.entrySet()) {
            Source source = want.getKey();
            int count = Math.min(want.getValue(), source.permits());
            try {
                Semaphore semaphore = semaphore(source);
                boolean held = semaphore.tryAcquire(count);
                if (!held) {
                    holders(source.id()).forEach(Runnable::run);
                    held = semaphore.tryAcquire(count, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                if (!held) {
                    throw new QueryException(
                            ErrorCode.TIMED_OUT,
                            "Waited " + patience.toSeconds() + " s for a turn at source '" + source.id() + "', whose "
                                    + source.permits() + " permits are all in use");
                }
                granted.put(source.id(), count);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                granted.forEach(this::release);
                throw new QueryException(ErrorCode.CANCELLED, "Cancelled while waiting for source " + source.id(), e);
            } catch (QueryException e) {
                granted.forEach(this::release);
                throw e;
            }
        }
        return granted;
    }

    /** Takes what is free now and nobody waits for, up to {@code most}; how many permits. */
    int takeFree(SourceId source, int most) {
        Semaphore semaphore = semaphores.get(source);
        int taken = 0;
        while (semaphore != null && taken < most && !semaphore.hasQueuedThreads() && semaphore.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    /**
     * Whoever holds permits of a source says how to ask for them.
     *
     * @param press told when another query has to wait
     */
    void holding(SourceId source, Runnable press) {
        holders(source).add(press);
    }

    void noLongerHolding(SourceId source, Runnable press) {
        holders(source).remove(press);
    }

    private Set<Runnable> holders(SourceId source) {
        return holders.computeIfAbsent(source, id -> ConcurrentHashMap.newKeySet());
    }

    void release(SourceId source, int count) {
        Semaphore semaphore = semaphores.get(source);
        if (semaphore != null) {
            semaphore.release(count);
        }
    }

    private Semaphore semaphore(Source source) {
        return semaphores.computeIfAbsent(source.id(), id -> new Semaphore(source.permits(), true));
    }
}
