package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One native query being fetched ahead of its reader. {@link #run} on a worker, {@link #take} on the query's thread. */
final class FragmentRead implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FragmentRead.class);

    private final NativeQuery query;
    private final Supplier<ReadSession> session;
    private final BatchQueue queue;
    private final BiConsumer<SourceId, Optional<QueryException>> ended;
    private final FragmentCounters counters;
    private final KeyedReadCosts costs;
    private final boolean keyed;
    /** Null until the keys are known, for a fetch that waits for some. */
    private volatile @Nullable Iterator<KeyedReads.Request> requests;

    private volatile @Nullable RowCursor cursor;
    private volatile boolean abandoned;

    /**
     * @param requests what is asked, one after the other; null while that depends on keys
     * @param ended told that the source answered, or how it failed
     */
    FragmentRead(
            NativeQuery query,
            @Nullable Iterator<KeyedReads.Request> requests,
            Supplier<ReadSession> session,
            BatchQueue queue,
            FragmentCounters counters,
            KeyedReadCosts costs,
            BiConsumer<SourceId, Optional<QueryException>> ended) {
        this.ended = ended;
        this.query = query;
        this.requests = requests;
        this.keyed = requests == null;
        this.session = session;
        this.queue = queue;
        this.counters = counters;
        this.costs = costs;
    }

    NativeQuery query() {
        return query;
    }

    /** Whether it is asked for keys that another fetch brings. */
    boolean isKeyed() {
        return keyed;
    }

    /** Whether it may start. */
    boolean isReady() {
        return requests != null;
    }

    /** The keys are known. */
    void ready(Iterator<KeyedReads.Request> asked) {
        requests = asked;
    }

    FragmentCounters counters() {
        return counters;
    }

    @Override
    public void run() {
        if (abandoned) {
            queue.end();
            return;
        }
        try {
            Iterator<KeyedReads.Request> asked = Objects.requireNonNull(requests);
            while (asked.hasNext()) {
                if (!read(asked.next())) {
                    return;
                }
            }
            queue.end();
        } catch (QueryException e) {
            if (!abandoned) {
                ended.accept(query.source(), Optional.of(e));
            }
            queue.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.fail(new QueryException(ErrorCode.CANCELLED, "The query was cancelled", e));
        } catch (RuntimeException | Error e) {
            // Whatever an adapter throws must reach the reader: a worker that dies silently would leave it waiting for
            // ever.
            queue.fail(new QueryException(
                    ErrorCode.INTERNAL_ERROR, "Reading source '" + query.source() + "' failed: " + e, e));
        }
    }

    /** False when nobody wants more rows. */
    private boolean read(KeyedReads.Request request) throws InterruptedException {
        NativeQuery asked = request.query();
        LOG.debug("fetch source={} keys={} text={}", asked.source(), request.keys(), asked.text());
        counters.asked(request.keys());
        long started = System.nanoTime();
        long rows = 0;
        long waited = 0;
        try (RowCursor opened = session.get().read(asked, request.bindings())) {
            cursor = opened;
            Optional<ColumnBatch> batch = opened.next();
            counters.readFromSource(System.nanoTime() - started);
            ended.accept(asked.source(), Optional.empty());
            while (batch.isPresent() && !abandoned) {
                rows += batch.get().rows();
                counters.batch(batch.get().rows(), batch.get().sizeInBytes());
                long full = System.nanoTime();
                if (!queue.put(batch.get())) {
                    return false;
                }
                long read = System.nanoTime();
                waited += read - full;
                counters.queueWasFull(read - full);
                batch = opened.next();
                counters.readFromSource(System.nanoTime() - read);
            }
            learn(request, rows, System.nanoTime() - started - waited);
            return true;
        }
    }

    private void learn(KeyedReads.Request request, long rows, long nanos) {
        if (abandoned) {
            return;
        }
        if (request.keys() == 0) {
            costs.readAll(query.source(), rows, nanos);
        } else {
            costs.readByKeys(request, nanos);
        }
    }

    /** The next batch; nothing at the end. */
    Optional<ColumnBatch> take() {
        long started = System.nanoTime();
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled", e);
        } finally {
            counters.readerWaited(System.nanoTime() - started);
        }
    }

    /** Lets the fetch run to its end without waiting for its reader; what it is ahead goes to disk. */
    void unbound() {
        queue.unbound();
    }

    /** Lets the fetch run to its end should its reader be slow: other queries wait for its permit. */
    void press() {
        queue.press();
    }

    void fail(QueryException cause) {
        queue.fail(cause);
    }

    /** The reader needs no more rows; the native query stops. */
    void abandon() {
        abandoned = true;
        queue.abandon();
        RowCursor open = cursor;
        if (open != null) {
            open.close();
        }
    }
}
