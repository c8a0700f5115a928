package io.calque.engine.exec;

import io.calque.engine.SourceWatch;
import io.calque.spi.ErrorCode;
import io.calque.spi.ErrorKind;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All fetches of one query: one read session a source, permits reserved at once, everything started together. Thread-safe.
 */
final class QueryFetches implements AutoCloseable {
    /** Batches that a fetch may be ahead of its reader. */
    private static final int QUEUE_CAPACITY = 8;

    private final SourcePermits permits;
    private final ReadOptions options;
    private final Map<SourceId, Source> sources = new HashMap<>();
    private final Map<SourceId, ReadSession> sessions = new HashMap<>();
    private final Map<SourceId, ReadSession.Consistency> closed = new TreeMap<>();
    private final SortedMap<SourceId, SourceSlots> slots = new TreeMap<>();
    private final Map<SourceId, Runnable> pressing = new TreeMap<>();
    private final List<FragmentRead> reads = new ArrayList<>();
    private final SourceWatch watch;
    private final AtomicReference<@Nullable SourceFailure> failure = new AtomicReference<>();
    private boolean stopped;

    QueryFetches(
            List<NativeQuery> fragments,
            Set<Integer> keyed,
            Bindings bindings,
            Function<SourceId, Source> sourceById,
            SourcePermits permits,
            Executor executor,
            ReadOptions options,
            MemoryAccount memory,
            SpoolSpace spoolSpace,
            KeyedReadCosts costs,
            ScanParts scanParts,
            SourceWatch watch) {
        this.permits = permits;
        this.watch = watch;
        this.options = options;
        SortedMap<SourceId, List<FragmentRead>> bySource = new TreeMap<>();
        for (int ordinal = 0; ordinal < fragments.size(); ordinal++) {
            NativeQuery fragment = fragments.get(ordinal);
            SourceId id = fragment.source();
            sources.computeIfAbsent(id, sourceById);
            BatchFormat format = new BatchFormat(fragment.columns());
            FragmentCounters counters = new FragmentCounters();
            BatchQueue queue =
                    new BatchQueue(QUEUE_CAPACITY, memory, () -> BatchSpool.create(format, spoolSpace), counters);
            FragmentRead read = new FragmentRead(
                    fragment,
                    keyed.contains(ordinal) ? null : KeyedReads.Asked.unkeyed(fragment, bindings),
                    () -> session(id),
                    queue,
                    counters,
                    costs,
                    scanParts,
                    keyed.contains(ordinal) ? 1 : scanParts.of(fragment, source(id)),
                    this::ended);
            reads.add(read);
            bySource.computeIfAbsent(id, s -> new ArrayList<>()).add(read);
        }
        SortedMap<Source, Integer> wanted = new TreeMap<>(Comparator.comparing(Source::id));
        bySource.forEach((id, list) -> wanted.put(source(id), list.size()));
        SortedMap<SourceId, Integer> granted = permits.reserve(wanted, options.timeout());
        granted.forEach((id, count) -> slots.put(
                id,
                new SourceSlots(
                        count,
                        bySource.getOrDefault(id, List.of()),
                        executor,
                        n -> permits.release(id, n),
                        () -> closeSession(id))));
        slots.forEach((id, held) -> pressing.put(id, held::press));
        pressing.forEach(permits::holding);
    }

    private Source source(SourceId id) {
        return Objects.requireNonNull(sources.get(id));
    }

    void start() {
        slots.values().forEach(SourceSlots::start);
    }

    /** The fetch with this ordinal, started if it was not. */
    FragmentRead asked(int ordinal) {
        FragmentRead read = reads.get(ordinal);
        if (!read.isReady()) {
            throw new IllegalStateException("fetch " + ordinal + " is read without its keys");
        }
        Objects.requireNonNull(slots.get(read.query().source())).ask(read);
        return read;
    }

    /** The fetch with this ordinal need not wait for keys any more: it starts as soon as there is a permit for it. */
    void ready(int ordinal) {
        FragmentRead read = reads.get(ordinal);
        Objects.requireNonNull(slots.get(read.query().source())).ready(read);
    }

    /** A fetch was answered, or failed; what fails because the query was stopped says nothing of the source. */
    private void ended(SourceId source, Optional<QueryException> failed) {
        if (failed.isEmpty()) {
            watch.answered(source);
            return;
        }
        QueryException cause = failed.get();
        failure.compareAndSet(null, new SourceFailure(source, cause));
        if (cause.code().kind() == ErrorKind.SOURCE) {
            watch.failed(source, cause);
        }
    }

    /** Whose failure this is; empty when it arose here. */
    Optional<SourceId> sourceOf(QueryException failed) {
        SourceFailure first = failure.get();
        return first != null && first.cause().code() == failed.code() ? Optional.of(first.source()) : Optional.empty();
    }

    private record SourceFailure(SourceId source, QueryException cause) {}

    List<FragmentRead> reads() {
        return reads;
    }

    /** Whether every session so far sees one state of its source. */
    synchronized Map<SourceId, ReadSession.Consistency> consistency() {
        Map<SourceId, ReadSession.Consistency> found = new TreeMap<>(closed);
        sessions.forEach((id, session) -> found.put(id, session.consistency()));
        return found;
    }

    /** Opened by the first fetch that needs it; the others wait for it, because they must share its snapshot. */
    private synchronized ReadSession session(SourceId id) {
        if (stopped) {
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled");
        }
        return sessions.computeIfAbsent(id, s -> source(s).begin(options.expecting(reads(s))));
    }

    private ReadOptions.Reads reads(SourceId id) {
        List<FragmentRead> ofSource =
                reads.stream().filter(read -> read.query().source().equals(id)).toList();
        if (ofSource.size() > 1) {
            return ReadOptions.Reads.SEVERAL;
        }
        if (ofSource.get(0).isKeyed()) {
            // it may ask once for each batch of its keys
            return ReadOptions.Reads.IN_TURN;
        }
        return ofSource.get(0).parts() > 1 ? ReadOptions.Reads.PARTS : ReadOptions.Reads.ONE;
    }

    /** All of a source is read: its connection need not wait for a slow reader of the rows. */
    private void closeSession(SourceId id) {
        ReadSession done;
        synchronized (this) {
            done = stopped ? null : sessions.remove(id);
            if (done != null) {
                closed.put(id, done.consistency());
            }
        }
        if (done != null) {
            done.close();
        }
    }

    /** Every reader gets {@code cause}; native queries stop at their sources. */
    void stop(QueryException cause) {
        List<ReadSession> open;
        synchronized (this) {
            stopped = true;
            open = List.copyOf(sessions.values());
        }
        reads.forEach(read -> read.fail(cause));
        slots.values().forEach(SourceSlots::abandonWaiting);
        open.forEach(ReadSession::cancel);
    }

    @Override
    public void close() {
        List<ReadSession> open;
        synchronized (this) {
            stopped = true;
            open = List.copyOf(sessions.values());
        }
        pressing.forEach(permits::noLongerHolding);
        slots.values().forEach(SourceSlots::abandonWaiting);
        reads.forEach(FragmentRead::abandon);
        open.forEach(ReadSession::close);
    }

    static ReadOptions options(String queryId, Duration timeout) {
        return new ReadOptions(queryId, ReadOptions.DEFAULT_BATCH_ROWS, timeout);
    }
}
