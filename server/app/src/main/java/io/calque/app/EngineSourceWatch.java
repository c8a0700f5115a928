package io.calque.app;

import io.calque.engine.SourceSet;
import io.calque.engine.SourceWatch;
import io.calque.registry.drift.CatalogDiff;
import io.calque.registry.drift.ChangeSentences;
import io.calque.registry.introspect.SecondLook;
import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What queries learn about the sources, brought to the registry. Thread-safe. */
final class EngineSourceWatch implements SourceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSourceWatch.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    /** A source that answers query after query is written down this often. */
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** A value that does not fit its column is mostly just that. */
    private static final Duration PAUSE_AFTER_VALUE = Duration.ofMinutes(1);

    private final Registry registry;
    private final SourceSet sources;
    private final SecondLook secondLook;
    private final Executor executor;
    private final Map<SourceId, Note> notes = new ConcurrentHashMap<>();

    /** @param executor writes to the registry, so that no query waits for that */
    EngineSourceWatch(Registry registry, SourceSet sources, SecondLook secondLook, Executor executor) {
        this.registry = registry;
        this.sources = sources;
        this.secondLook = secondLook;
        this.executor = executor;
    }

    @Override
    public void answered(SourceId source) {
        note(source, Optional.empty());
    }

    @Override
    public void failed(SourceId source, QueryException failure) {
        boolean unwell = switch (failure.code()) {
            case SOURCE_UNAVAILABLE, SOURCE_REFUSED, SOURCE_READ_FAILED -> true;
            default -> false;
        };
        note(source, unwell ? Optional.of(String.valueOf(failure.getMessage())) : Optional.empty());
    }

    private void note(SourceId source, Optional<String> error) {
        if (sources.all().stream().noneMatch(s -> s.id().equals(source))) {
            return;
        }
        Instant now = registry.now();
        Note last = notes.get(source);
        if (last != null
                && last.error().equals(error)
                && Duration.between(last.at(), now).compareTo(BETWEEN_NOTES) < 0) {
            return;
        }
        notes.put(source, new Note(now, error));
        try {
            executor.execute(() -> write(source, now, error));
        } catch (RejectedExecutionException e) {
            LOG.debug("health not noted source={}: stopping", source);
        }
    }

    private void write(SourceId source, Instant at, Optional<String> error) {
        try {
            registry.recordRead(source, at, error);
        } catch (QueryException e) {
            LOG.debug("health not noted source={} reason={}", source, e.getMessage());
        }
    }

    @Override
    public Optional<Look> lookAgain(
            SourceId source,
            CatalogSnapshot planned,
            Set<TableName> tables,
            QueryException failure,
            Duration patience) {
        Duration pause = failure.code() == ErrorCode.SOURCE_CHANGED ? PAUSE : PAUSE_AFTER_VALUE;
        Duration longest = patience.compareTo(LONGEST_LOOK) < 0 ? patience : LONGEST_LOOK;
        return secondLook
                .at(sources.get(source), planned, pause, longest)
                .map(now -> new Look(
                        now, differences(source, planned, now, tables), SecondLook.differs(planned, now, source)));
    }

    private static List<String> differences(
            SourceId source, CatalogSnapshot planned, CatalogSnapshot now, Set<TableName> tables) {
        Optional<SourceSnapshot> before = planned.source(source);
        Optional<SourceSnapshot> after = now.source(source);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        String when = "version " + now.version() + ", " + TIME.format(now.publishedAt());
        return ChangeSentences.of(CatalogDiff.between(before.get(), after.get()), tables, when);
    }

    /** What was written last. */
    private record Note(Instant at, Optional<String> error) {}
}
