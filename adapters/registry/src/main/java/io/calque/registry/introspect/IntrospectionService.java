package io.calque.registry.introspect;

import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Introspects sources at the same time and publishes each as soon as it is whole. Thread-safe.
 *
 * <p>Sources answer on the executor's threads; the calling thread alone writes the registry. No task waits for another one, so an executor of a single thread is enough.
 */
public final class IntrospectionService {
    private final Registry registry;
    private final ExecutorService executor;
    private final Clock clock;
    private final IntrospectionOptions options;

    /**
     * @param executor runs all talk with sources; stays the caller's to close
     */
    public IntrospectionService(
            Registry registry, ExecutorService executor, Clock clock, IntrospectionOptions options) {
        this.registry = registry;
        this.executor = executor;
        this.clock = clock;
        this.options = options;
    }

    /**
     * Introspects and waits. A source that fails is reported, not thrown.
     *
     * @param sources with different ids
     * @param progress counts sources observed and tables measured, over all sources
     * @return one report a source, in the order given
     * @throws QueryException CANCELLED when this thread is interrupted; REGISTRY_FAILED or REGISTRY_BUSY when nothing can be stored
     */
    public List<SourceReport> introspect(Collection<? extends Source> sources, Progress progress) {
        SharedProgress shared = new SharedProgress(progress, sources.size());
        List<SourceIntrospection> running = new ArrayList<>();
        BlockingQueue<Supplier<SourceReport>> answered = new LinkedBlockingQueue<>();
        try {
            for (Source source : sources) {
                SourceIntrospection introspection =
                        new SourceIntrospection(source, registry, new BoundedTasks(executor), clock, options, shared);
                running.add(introspection);
                introspection.start().thenAccept(answered::add);
            }
            Map<SourceId, SourceReport> reports = new HashMap<>();
            while (reports.size() < running.size()) {
                SourceReport report = answered.take().get();
                reports.put(report.source(), report);
            }
            return sources.stream()
                    .map(source -> Objects.requireNonNull(reports.get(source.id())))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(
                    ErrorCode.CANCELLED, "Introspection was cancelled; sources not finished stay as they were", e);
        } finally {
            running.forEach(SourceIntrospection::stop);
        }
    }
}
