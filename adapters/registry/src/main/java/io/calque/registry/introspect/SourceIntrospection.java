package io.calque.registry.introspect;

import io.calque.registry.introspect.SourceReport.Failure;
import io.calque.registry.introspect.SourceReport.Outcome;
import io.calque.registry.store.Publication;
import io.calque.registry.store.Registry;
import io.calque.registry.store.SourceObservation;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source, once: observe, measure what is new or old, publish. Its steps follow each other on the executor's threads. */
final class SourceIntrospection {
    private static final Logger LOG = LoggerFactory.getLogger(SourceIntrospection.class);

    private final Source source;
    private final SourceId id;
    private final Registry registry;
    private final BoundedTasks tasks;
    private final Clock clock;
    private final IntrospectionOptions options;
    private final SharedProgress progress;
    private final Instant startedAt;
    private final long startedNanos = System.nanoTime();

    SourceIntrospection(
            Source source,
            Registry registry,
            BoundedTasks tasks,
            Clock clock,
            IntrospectionOptions options,
            SharedProgress progress) {
        this.source = source;
        this.id = source.id();
        this.registry = registry;
        this.tasks = tasks;
        this.clock = clock;
        this.options = options;
        this.progress = progress;
        this.startedAt = clock.instant();
    }

    /** Talks with the source on the executor; the result says how to finish on the thread that writes the registry. */
    CompletableFuture<Supplier<SourceReport>> start() {
        return tasks.run(options.observing(), this::observe)
                .thenCompose(this::measure)
                .handle((measured, failure) -> failure == null ? () -> publish(measured) : () -> failed(failure));
    }

    void stop() {
        tasks.stop();
    }

    private Observation observe() {
        progress.working(id + ": listing tables");
        return source.introspector()
                .observe(
                        registry.observed().source(id),
                        (done, total, what) -> progress.working(id + ": " + what + " (" + done + " of " + total + ")"));
    }

    private CompletableFuture<Measured> measure(Observation seen) {
        progress.finished(id + ": " + seen.tables().size() + " tables");
        List<String> warnings = new ArrayList<>(seen.warnings());
        Map<TableName, TableDescriptor> tables = new LinkedHashMap<>();
        for (TableDescriptor table : seen.tables()) {
            if (tables.putIfAbsent(table.name(), table) != null) {
                warnings.add("table " + table.name() + " was listed twice; the first one counts");
            }
        }
        Map<TableName, TableDescriptor> known = new LinkedHashMap<>();
        registry.observed().source(id).ifPresent(s -> s.tables().forEach(t -> known.put(t.name(), t)));
        StatisticsPlan plan = StatisticsPlan.of(tables.values(), known, options.statisticsAge(), startedAt);
        return new TableMeasuring(source, tasks, options, progress)
                .measure(plan.measure().stream()
                        .map(table -> Objects.requireNonNull(tables.get(table.name())))
                        .toList())
                .thenApply(measuring -> {
                    warnings.addAll(measuring.warnings());
                    List<TableDescriptor> finished = new ArrayList<>(plan.keep());
                    plan.measure()
                            .forEach(table -> finished.add(
                                    Optional.ofNullable(measuring.statistics().get(table.name()))
                                            .map(table::withStatistics)
                                            .orElse(table)));
                    int count = measuring.statistics().size();
                    return new Measured(seen.product(), finished, seen.userTypes(), count, warnings);
                });
    }

    private SourceReport publish(Measured measured) {
        Publication publication = registry.publish(new SourceObservation(
                id, source.kind(), measured.product(), measured.tables(), measured.userTypes(), clock.instant()));
        return new SourceReport(
                id,
                publication.published() ? Outcome.CHANGED : Outcome.UNCHANGED,
                publication.version(),
                measured.tables().size(),
                measured.tables().stream().mapToInt(t -> t.columns().size()).sum(),
                measured.count(),
                elapsed(),
                withoutEffect(measured.warnings()),
                Optional.empty(),
                publication.changes());
    }

    /** What was said of something that is gone stays, and whoever introspects learns of it. */
    private List<String> withoutEffect(List<String> warnings) {
        List<String> all = new ArrayList<>(warnings);
        for (Annotation annotation : registry.current().annotations()) {
            if (annotation.target().source().equals(id)) {
                annotation
                        .problem()
                        .ifPresent(problem -> all.add(annotation.aspect().name().toLowerCase(Locale.ROOT) + " of "
                                + annotation.target() + ", set by " + annotation.changedBy() + ", has no effect: "
                                + problem));
            }
        }
        return all;
    }

    private SourceReport failed(Throwable thrown) {
        progress.finished(id + ": failed");
        Failure failure = failure(
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
        LOG.warn("introspection failed source={} code={} reason={}", id, failure.code(), failure.message());
        Publication publication = registry.recordFailure(id, source.kind(), failure.message());
        List<TableDescriptor> known =
                registry.observed().source(id).map(SourceSnapshot::tables).orElse(List.of());
        return new SourceReport(
                id,
                Outcome.FAILED,
                publication.version(),
                known.size(),
                known.stream().mapToInt(t -> t.columns().size()).sum(),
                0,
                elapsed(),
                List.of(),
                Optional.of(failure),
                publication.changes());
    }

    private Failure failure(Throwable cause) {
        if (cause instanceof QueryException known) {
            return new Failure(known.code(), String.valueOf(known.getMessage()));
        }
        if (cause instanceof TimeoutException) {
            return new Failure(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "Source '" + id + "' did not list its tables within "
                            + options.observing().toSeconds() + " s");
        }
        LOG.error("introspection met a defect source={}", id, cause);
        return new Failure(ErrorCode.INTERNAL_ERROR, "Source '" + id + "' could not be introspected: " + cause);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /**
     * @param count how many tables were measured now
     */
    private record Measured(
            String product,
            List<TableDescriptor> tables,
            List<UserTypeDescriptor> userTypes,
            int count,
            List<String> warnings) {}
}
