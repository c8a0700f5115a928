package io.calque.app.avatica;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a connection and its open result. One request uses it at a time, in {@link #exclusively}; {@link #cancel} may
 * come from any thread.
 */
final class OpenStatement {
    private final int id;
    private final RunningQueries queries;
    private final Principal principal;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable QueryRun running;
    private volatile boolean cancelled;
    private volatile long lastUsed;
    private @Nullable PreparedQuery query;
    private List<? extends @Nullable Object> parameters = List.of();
    private RunOptions bounds = RunOptions.DEFAULT;
    private @Nullable ResultCursor cursor;

    OpenStatement(int id, long now, RunningQueries queries, Principal principal) {
        this.id = id;
        this.queries = queries;
        this.principal = principal;
        this.lastUsed = now;
    }

    int id() {
        return id;
    }

    /** Runs a request's work while no other request uses the statement. */
    <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Null until prepared. */
    @Nullable PreparedQuery query() {
        return query;
    }

    void prepared(PreparedQuery prepared) {
        query = prepared;
    }

    /** Null when no result is open. */
    @Nullable ResultCursor cursor() {
        return cursor;
    }

    /** Begins anew: what an earlier cancel meant is over. */
    void begin() {
        closeResult();
        cancelled = false;
    }

    ResultCursor run(PreparedQuery prepared, List<? extends @Nullable Object> values, RunOptions options) {
        closeResult();
        query = prepared;
        parameters = values;
        bounds = options;
        QueryRun run = prepared.run(values, options);
        running = run;
        queries.started(run, principal);
        if (cancelled) {
            // the cancel came while the query was being planned
            run.cancel();
        }
        ResultCursor opened = new ResultCursor(run, () -> queries.ended(run));
        cursor = opened;
        return opened;
    }

    /** Runs the statement again as it ran last, for a client that lost its place. */
    ResultCursor rerun(PreparedQuery prepared) {
        return run(prepared, parameters, bounds);
    }

    void closeResult() {
        ResultCursor open = cursor;
        cursor = null;
        running = null;
        if (open != null) {
            open.close();
        }
    }

    /** Whether what runs, or is being planned, is not wanted any more. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Stops what runs, or is about to. */
    void cancel() {
        cancelled = true;
        QueryRun run = running;
        if (run != null) {
            run.cancel();
        }
    }

    void used(long now) {
        lastUsed = now;
    }

    /** Whether no request is using it and none has for so long. */
    boolean idleSince(long limit) {
        return !lock.isLocked() && lastUsed < limit;
    }

    /** Ends the statement, unless a request is using it right now. */
    boolean closeIfIdle(long limit) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (lastUsed >= limit) {
                return false;
            }
            closeResult();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
