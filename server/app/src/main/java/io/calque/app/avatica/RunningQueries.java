package io.calque.app.avatica;

import io.calque.engine.QueryRun;
import io.calque.spi.access.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The queries that came in over the endpoint and have not ended, by id, so that they can be cancelled. Thread-safe. */
public final class RunningQueries {
    private record Entry(QueryRun run, String user) {}

    private final Map<String, Entry> running = new ConcurrentHashMap<>();
    private final LongAdder started = new LongAdder();

    /** Remembers a query until it is {@linkplain #ended ended}. */
    public void started(QueryRun run, Principal principal) {
        started.increment();
        running.put(run.queryId(), new Entry(run, principal.name()));
    }

    public void ended(QueryRun run) {
        running.remove(run.queryId());
    }

    /**
     * Cancels a query of the principal's own.
     *
     * @return whether there was one
     */
    public boolean cancel(String queryId, Principal principal) {
        Entry entry = running.get(queryId);
        if (entry == null || !entry.user().equals(principal.name())) {
            return false;
        }
        entry.run().cancel();
        return true;
    }

    /** How many have not ended. */
    public int count() {
        return running.size();
    }

    /** How many were ever started. */
    public long total() {
        return started.sum();
    }
}
