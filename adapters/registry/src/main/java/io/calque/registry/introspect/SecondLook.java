package io.calque.registry.introspect;

import io.calque.registry.introspect.SourceReport.Outcome;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a source again because a query found it changed. One look at a source serves all queries that ask meanwhile. Thread-safe.
 */
public final class SecondLook {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);
    /** New tables get figures, so that a rename can be told; nothing else is measured while a query waits. */
    private static final Duration MEASURING = Duration.ofSeconds(2);

    private static final Duration OLD_STATISTICS = Duration.ofDays(365);

    private final Registry registry;
    private final IntrospectionService introspection;
    private final ExecutorService executor;
    private final Map<SourceId, CompletableFuture<SourceReport>> looking = new ConcurrentHashMap<>();
    /** When a look found nothing, by {@link System#nanoTime}. */
    private final Map<SourceId, Long> inVain = new ConcurrentHashMap<>();

    /** @param executor runs looks; stays the caller's to close */
    public SecondLook(Registry registry, IntrospectionService introspection, ExecutorService executor) {
        this.registry = registry;
        this.introspection = introspection;
        this.executor = executor;
    }

    /** How a look for a query is made. */
    public static IntrospectionOptions options(IntrospectionOptions usual) {
        return usual.withMeasuring(MEASURING).withStatisticsAge(OLD_STATISTICS);
    }

    /**
     * The catalog after a look, unless it shows the source otherwise than {@code planned} already.
     *
     * @param pause how long to leave a source alone after a look in vain: the failure may have had another reason
     * @return empty when the source could not be read, or not in time
     */
    public Optional<CatalogSnapshot> at(Source source, CatalogSnapshot planned, Duration pause, Duration patience) {
        SourceId id = source.id();
        if (differs(planned, registry.current(), id)) {
            return Optional.of(registry.current());
        }
        Long last = inVain.get(id);
        if (last != null && System.nanoTime() - last < pause.toNanos()) {
            return Optional.of(registry.current());
        }
        try {
            SourceReport report = look(source).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (report.outcome() == Outcome.FAILED) {
                return Optional.empty();
            }
            if (!differs(planned, registry.current(), id)) {
                inVain.put(id, System.nanoTime());
            }
            return Optional.of(registry.current());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("second look failed source={} reason={}", id, e.toString());
            return Optional.empty();
        }
    }

    private CompletableFuture<SourceReport> look(Source source) {
        CompletableFuture<SourceReport> result = new CompletableFuture<>();
        CompletableFuture<SourceReport> running = looking.putIfAbsent(source.id(), result);
        if (running != null) {
            return running;
        }
        try {
            executor.execute(() -> {
                LOG.info("introspecting source={} because a query found it changed", source.id());
                try {
                    SourceReport report = introspection
                            .introspect(List.of(source), Progress.SILENT)
                            .get(0);
                    looking.remove(source.id());
                    result.complete(report);
                } catch (RuntimeException e) {
                    looking.remove(source.id());
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            looking.remove(source.id());
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Whether the source's tables have another shape; figures do not make a query fail. */
    public static boolean differs(CatalogSnapshot planned, CatalogSnapshot now, SourceId source) {
        return planned.version() != now.version()
                && !shape(planned.source(source)).equals(shape(now.source(source)));
    }

    private static List<TableDescriptor> shape(Optional<SourceSnapshot> source) {
        return source.map(SourceSnapshot::tables).orElse(List.of()).stream()
                .map(t -> t.withStatistics(TableStatistics.UNKNOWN))
                .toList();
    }
}
