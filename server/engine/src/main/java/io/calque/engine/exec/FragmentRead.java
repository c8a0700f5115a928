package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private volatile KeyedReads.@Nullable Asked asked;

    private final ScanParts scanParts;
    private final int parts;
    private final Set<RowCursor> cursors = ConcurrentHashMap.newKeySet();
    private volatile boolean abandoned;

    /**
     * @param asked what is asked, one after the other; null while that depends on keys
     * @param parts in how many parts it may be read at the same time
     * @param ended told that the source answered, or how it failed
     */
    FragmentRead(
            NativeQuery query,
            KeyedReads.@Nullable Asked asked,
            Supplier<ReadSession> session,
            BatchQueue queue,
            FragmentCounters counters,
            KeyedReadCosts costs,
            ScanParts scanParts,
            int parts,
            BiConsumer<SourceId, Optional<QueryException>> ended) {
        this.ended = ended;
        this.query = query;
        this.asked = asked;
        this.keyed = asked == null;
        this.session = session;
        this.queue = queue;
        this.counters = counters;
        this.costs = costs;
        this.scanParts = scanParts;
        this.parts = parts;
    }

    NativeQuery query() {
        return query;
    }

    /** Whether it is asked for keys that another fetch brings. */
    boolean isKeyed() {
        return keyed;
    }

    /** In how many parts it may be read at the same time. */
    int parts() {
        return parts;
    }

    /** Whether it may start. */
    boolean isReady() {
        return asked != null;
    }

    /** The keys are known. */
    void ready(KeyedReads.Asked known) {
        asked = known;
        counters.between(known.ranges());
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
            Iterator<KeyedReads.Request> requests =
                    Objects.requireNonNull(asked).requests();
            while (requests.hasNext()) {
                KeyedReads.Request request = requests.next();
                long started = System.nanoTime();
                Read read = parts > 1 ? new DividedRead(request).run() : read(request.query(), request);
                if (!read.wantsMore()) {
                    return;
                }
                learn(request, read.rows(), System.nanoTime() - started - read.waitedNanos());
            }
            queue.end();
        } catch (QueryException e) {
            failed(e);
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

    private void failed(QueryException e) {
        if (!abandoned) {
            ended.accept(query.source(), Optional.of(e));
        }
        queue.fail(e);
    }

    /**
     * What came of a native query.
     *
     * @param wantsMore false when nobody wants more rows
     * @param waitedNanos for the reader
     */
    private record Read(boolean wantsMore, long rows, long waitedNanos) {
        Read and(Read other) {
            // while one part waits another may read
            return new Read(wantsMore && other.wantsMore, rows + other.rows, Math.min(waitedNanos, other.waitedNanos));
        }
    }

    private Read read(NativeQuery text, KeyedReads.Request request) throws InterruptedException {
        LOG.debug("fetch source={} keys={} text={}", text.source(), request.keys(), text.text());
        PartnersOnly partners = Objects.requireNonNull(asked).partners();
        counters.asked(request.keys());
        long started = System.nanoTime();
        long rows = 0;
        long waited = 0;
        RowCursor opened = session.get().read(text, request.bindings());
        try (opened) {
            cursors.add(opened);
            Optional<ColumnBatch> batch = opened.next();
            counters.readFromSource(System.nanoTime() - started);
            ended.accept(text.source(), Optional.empty());
            while (batch.isPresent() && !abandoned) {
                rows += batch.get().rows();
                counters.batch(batch.get().rows(), batch.get().sizeInBytes());
                ColumnBatch staying = partners.of(batch.get());
                counters.keptOut(batch.get().rows() - staying.rows());
                long full = System.nanoTime();
                if (staying.rows() > 0 && !queue.put(staying)) {
                    return new Read(false, rows, waited);
                }
                long read = System.nanoTime();
                waited += read - full;
                counters.queueWasFull(read - full);
                batch = opened.next();
                counters.readFromSource(System.nanoTime() - read);
            }
            return new Read(true, rows, waited);
        } finally {
            cursors.remove(opened);
        }
    }

    /** Parts of one query, read by this thread and by as many more as there are permits free; each takes one after the other. */
    private final class DividedRead {
        private static final int PARTS_A_THREAD = 2;

        private final KeyedReads.Request request;
        private final Queue<NativeQuery> left = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<Read>> others = new ArrayList<>();

        DividedRead(KeyedReads.Request request) {
            this.request = request;
        }

        Read run() throws InterruptedException {
            int more = scanParts.take(query, parts - 1);
            if (more == 0) {
                return read(request.query(), request);
            }
            int unused = more;
            try {
                left.addAll(session.get().divide(request.query(), (1 + more) * PARTS_A_THREAD));
                for (int part = 1; part < left.size() && unused > 0; part++) {
                    unused--;
                    CompletableFuture<Read> other = new CompletableFuture<>();
                    others.add(other);
                    scanParts.run(query, () -> readOther(other));
                }
            } finally {
                scanParts.giveBack(query, unused);
            }
            Read all;
            try {
                all = readParts();
            } catch (QueryException e) {
                // the others end at their next batch
                queue.fail(e);
                throw e;
            } finally {
                left.clear();
                // the permit of this thread is given back when the fetch is over: its other parts must be, too
                others.forEach(other -> other.handle((read, failure) -> true).join());
            }
            for (CompletableFuture<Read> other : others) {
                all = all.and(other.join());
            }
            return all;
        }

        private void readOther(CompletableFuture<Read> done) {
            try {
                done.complete(readParts());
            } catch (QueryException e) {
                left.clear();
                failed(e);
                done.complete(new Read(false, 0, 0));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                queue.fail(new QueryException(ErrorCode.CANCELLED, "The query was cancelled", e));
                done.complete(new Read(false, 0, 0));
            } catch (RuntimeException | Error e) {
                queue.fail(new QueryException(
                        ErrorCode.INTERNAL_ERROR, "Reading source '" + query.source() + "' failed: " + e, e));
                done.complete(new Read(false, 0, 0));
            }
        }

        private Read readParts() throws InterruptedException {
            Read all = new Read(true, 0, 0);
            for (NativeQuery part = left.poll(); part != null && all.wantsMore() && !abandoned; part = left.poll()) {
                all = all.and(read(part, request));
            }
            return all;
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

    /** Whether the next batch, or the end, can be taken at once. */
    boolean hasArrived() {
        return queue.hasArrived();
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
        cursors.forEach(RowCursor::close);
    }
}
