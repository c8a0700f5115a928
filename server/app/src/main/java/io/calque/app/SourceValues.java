package io.calque.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.question.ValueLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks words up by queries of the asker's own: a SELECT of the values equal to one of them, column by column, within one time for all. What a
 * source does not answer in time is not known. Thread-safe.
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

    SourceValues(AccessPolicy policy) {
        this.policy = policy;
    }

    /** The engine stands on this, so that it can be named only later. */
    void askAt(SessionFactory sessions) {
        engine = Optional.of(sessions);
    }

    @Override
    public List<Found> find(List<String> words, List<Place> places, Principal asker) {
        List<Found> found = new ArrayList<>();
        Optional<SessionFactory> sessions = engine;
        if (sessions.isEmpty() || words.isEmpty()) {
            return found;
        }
        long end = System.nanoTime() + TIME.toNanos();
        try (Session session = sessions.get().open(asker, Map.of())) {
            for (Place place : places) {
                Asked asked = new Asked(asker, policy.digest(asker), place, List.copyOf(words));
                List<String> values = known.getIfPresent(asked);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (values == null && !left.isNegative()) {
                    values = values(session, place, words, left);
                    known.put(asked, values);
                }
                if (values != null) {
                    values.forEach(value -> found.add(new Found(place, value)));
                }
            }
        } catch (QueryException e) {
            // whether a name is there stays unknown: the question is read without
            LOG.debug("values were not looked up: {}", e.getMessage());
        }
        return found;
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
