package io.calque.engine.session;

import io.calque.engine.exec.Execution;
import io.calque.engine.exec.FragmentCounters;
import io.calque.engine.exec.OperatorFigures;
import io.calque.engine.explain.PlanTree;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.NativeQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Queries that run now and the last ones that ended: what {@code system.queries} shows, and where cancel finds them. Thread-safe. */
public final class QueryLog {
    private static final int REMEMBERED = 1000;

    /**
     * @param state RUNNING, FINISHED, FAILED or CANCELLED
     */
    public record Entry(
            String queryId,
            String sessionId,
            String user,
            String sql,
            Instant startedAt,
            Optional<Instant> endedAt,
            String state,
            long rows,
            long peakMemoryBytes,
            Optional<String> error,
            List<FetchEntry> fetches,
            List<OperatorEntry> operators) {
        public Entry {
            fetches = List.copyOf(fetches);
            operators = List.copyOf(operators);
        }
    }

    /** What one fetch of a query did. */
    public record FetchEntry(int ordinal, String source, String text, FragmentCounters.Figures figures) {}

    /**
     * What one operator of a query did.
     *
     * @param ordinal as the plan lists them, from the root in depth-first order, without fetches
     * @param parent the ordinal of the operator that reads its rows; empty for the root
     */
    public record OperatorEntry(
            int ordinal,
            Optional<Integer> parent,
            String name,
            String detail,
            double estimatedRows,
            OperatorFigures figures) {}

    private record Running(String sessionId, String user, String sql, Instant startedAt, Execution execution) {}

    private final Clock clock;
    private final Map<String, Running> running = new ConcurrentSkipListMap<>();
    private final Deque<Entry> ended = new ArrayDeque<>();

    public QueryLog(Clock clock) {
        this.clock = clock;
    }

    void started(String sessionId, String user, String sql, Execution execution) {
        running.put(execution.queryId(), new Running(sessionId, user, sql, clock.instant(), execution));
    }

    void ended(String queryId) {
        Running was = running.remove(queryId);
        if (was == null) {
            return;
        }
        Entry entry = entry(was, Optional.of(clock.instant()));
        synchronized (ended) {
            ended.addFirst(entry);
            if (ended.size() > REMEMBERED) {
                ended.removeLast();
            }
        }
    }

    public int runningCount() {
        return running.size();
    }

    /** Running ones first, then ended ones, newest first. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        running.values().forEach(r -> entries.add(entry(r, Optional.empty())));
        synchronized (ended) {
            entries.addAll(ended);
        }
        return entries;
    }

    /** Cancels a running query; false when there is none of this id for this user. */
    public boolean cancel(String queryId, String user) {
        Running found = running.get(queryId);
        if (found == null || !found.user().equals(user)) {
            return false;
        }
        found.execution().cancel();
        return true;
    }

    void cancelSession(String sessionId) {
        running.values().stream()
                .filter(r -> r.sessionId().equals(sessionId))
                .forEach(r -> r.execution().close());
    }

    /** The engine is closing. */
    public void cancelAll() {
        running.values().forEach(r -> r.execution().close());
    }

    private static Entry entry(Running r, Optional<Instant> endedAt) {
        Execution execution = r.execution();
        List<NativeQuery> fragments = execution.plan().fragments();
        List<FragmentCounters.Figures> figures = execution.fetchFigures();
        List<FetchEntry> fetches = new ArrayList<>();
        for (int i = 0; i < fragments.size(); i++) {
            fetches.add(new FetchEntry(
                    i, fragments.get(i).source().value(), fragments.get(i).text(), figures.get(i)));
        }
        Optional<QueryException> failure = execution.failure();
        return new Entry(
                execution.queryId(),
                r.sessionId(),
                r.user(),
                r.sql(),
                r.startedAt(),
                endedAt,
                state(failure, endedAt),
                execution.delivered(),
                execution.peakMemoryBytes(),
                failure.map(QueryException::getMessage),
                fetches,
                operators(execution));
    }

    private static List<OperatorEntry> operators(Execution execution) {
        List<OperatorEntry> entries = new ArrayList<>();
        operators(execution.plan().tree(), Optional.empty(), execution.operatorFigures(), entries);
        return entries;
    }

    private static void operators(
            PlanTree node, Optional<Integer> parent, List<OperatorFigures> figures, List<OperatorEntry> entries) {
        if (node.fetch().isPresent()) {
            return;
        }
        int ordinal = entries.size();
        entries.add(new OperatorEntry(
                ordinal, parent, node.operator(), node.detail(), node.estimatedRows(), figures.get(ordinal)));
        node.inputs().forEach(input -> operators(input, Optional.of(ordinal), figures, entries));
    }

    private static String state(Optional<QueryException> failure, Optional<Instant> endedAt) {
        if (failure.isPresent()) {
            return failure.get().code() == ErrorCode.CANCELLED ? "CANCELLED" : "FAILED";
        }
        return endedAt.isPresent() ? "FINISHED" : "RUNNING";
    }
}
