package io.calque.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.question.ValueLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks words up by queries of the asker's own: a SELECT of the values equal to one of them, source by source at the same time and there
 * column by column, within one time for all. What a source does not answer in time is not known. Thread-safe.
 */
final class SourceValues implements ValueLookup {
    private static final Logger LOG = LoggerFactory.getLogger(SourceValues.class);
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_VALUES = 20;

    private volatile Optional<SessionFactory> engine = Optional.empty();
    private final Cache<Asked, List<String>> known = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    private final AccessPolicy policy;

    /**
     * @param rights of the asker when it was looked up: whoever may see something else now, looks again
     */
    private record Asked(Principal asker, String rights, Place place, List<String> words) {}

    private final ExecutorService executor;

    /** @param executor asks several sources at the same time; stays the caller's to close */
    SourceValues(AccessPolicy policy, ExecutorService executor) {
        this.policy = policy;
        this.executor = executor;
    }

    /** The engine stands on this, so that it can be named only later. */
    void askAt(SessionFactory sessions) {
        engine = Optional.of(sessions);
    }

    @Override
    public List<Found> find(List<String> words, List<Place> places, Principal asker) {
        Optional<SessionFactory> sessions = engine;
        if (sessions.isEmpty() || words.isEmpty()) {
            return List.of();
        }
        String rights = policy.digest(asker);
        Map<Place, List<String>> found = new ConcurrentHashMap<>();
        Map<SourceId, List<Place>> unknown = new LinkedHashMap<>();
        for (Place place : places) {
            List<String> values = known.getIfPresent(new Asked(asker, rights, place, List.copyOf(words)));
            if (values != null) {
                found.put(place, values);
            } else {
                unknown.computeIfAbsent(place.table().source(), s -> new ArrayList<>())
                        .add(place);
            }
        }
        long end = System.nanoTime() + TIME.toNanos();
        inParallel(unknown.values().stream()
                .map(own -> (Runnable) () -> own.forEach(place -> lookUp(sessions.get(), asker, words, place, end)
                        .ifPresent(values -> {
                            known.put(new Asked(asker, rights, place, List.copyOf(words)), values);
                            found.put(place, values);
                        })))
                .toList());
        return places.stream()
                .flatMap(place -> found.getOrDefault(place, List.of()).stream().map(value -> new Found(place, value)))
                .toList();
    }

    /** No source waits for another, and what one does not answer is missing of that one alone. */
    private void inParallel(List<Runnable> tasks) {
        try {
            executor.invokeAll(
                    tasks.stream().map(Executors::callable).toList(), TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("values were not looked up: stopping");
        }
    }

    /** Empty where it is not known in time. */
    private static Optional<List<String>> lookUp(
            SessionFactory sessions, Principal asker, List<String> words, Place place, long end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.toMillis() <= 0) {
            return Optional.empty();
        }
        // planning the query is part of it
        Map<String, String> settings = Map.of("statement_timeout", left.toMillis() + "ms");
        try (Session session = sessions.open(asker, settings)) {
            return Optional.of(values(session, place, words, left));
        } catch (QueryException e) {
            // whether a name is there stays unknown: the question is read without
            LOG.debug("values were not looked up place={} reason={}", place, e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> values(Session session, Place place, List<String> words, Duration time) {
        String column = quoted(place.column());
        String sql = "SELECT DISTINCT " + column + " FROM "
                + place.table().path().stream().map(SourceValues::quoted).collect(Collectors.joining("."))
                + " WHERE " + column + " IN ("
                + words.stream().map(w -> "'" + w.replace("'", "''") + "'").collect(Collectors.joining(", "))
                + ") LIMIT " + MOST_VALUES;
        List<String> values = new ArrayList<>();
        RunOptions options = new RunOptions(Optional.of(time), MOST_VALUES);
        try (QueryRun run = session.prepare(sql).run(List.of(), options)) {
            for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
                for (int row = 0; row < batch.get().rows(); row++) {
                    Object value = batch.get().columns().get(0).get(row);
                    if (value != null) {
                        values.add(value.toString());
                    }
                }
            }
        }
        return values;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
