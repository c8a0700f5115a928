package io.calque.engine.exec;

import io.calque.engine.SourceWatch;
import io.calque.engine.prepare.Dialect;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/** Starts compiled queries: reserves permits, starts fetches, arms the deadline. Thread-safe. */
public final class QueryRunner {
    private final SourcePermits permits = new SourcePermits();
    private final KeyedReadCosts keyedReads = new KeyedReadCosts();
    private final MemoryAccount processMemory;
    private final SpoolSpace spoolSpace;
    private final ExecutorService workers;
    private final LocalThreads localThreads;
    private final ScheduledExecutorService timer;
    private final SourceWatch watch;
    private final Clock clock;

    /**
     * @param workers runs fetches; bounded by the sum of all sources' permits
     * @param localThreads work for operators beside the threads that pull
     */
    public QueryRunner(
            MemoryAccount processMemory,
            SpoolSpace spoolSpace,
            ExecutorService workers,
            LocalThreads localThreads,
            ScheduledExecutorService timer,
            SourceWatch watch,
            Clock clock) {
        this.watch = watch;
        this.processMemory = processMemory;
        this.spoolSpace = spoolSpace;
        this.workers = workers;
        this.localThreads = localThreads;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * One run.
     *
     * @param parameters in the conventions of {@link io.calque.spi.batch.ColumnVector#get}
     * @param localThreads how many threads may work for its operators, {@link LocalThreads#AUTO} for those that are free
     * @param scanParts in how many parts a large scan may be read at the same time, 0 for what is free
     * @param maxRows 0 for no bound
     * @param onClose told once, when the run is over
     */
    public record Request(
            String queryId,
            PlannedQuery plan,
            List<? extends @Nullable Object> parameters,
            Function<SourceId, Source> sources,
            Duration timeout,
            long memoryBytes,
            ZoneId zone,
            String user,
            int localThreads,
            int scanParts,
            long maxRows,
            Runnable onClose) {}

    /**
     * @throws QueryException when permits do not come in time or a source is not configured
     */
    public Execution start(Request request) {
        PlannedQuery plan = request.plan();
        MemoryAccount memory = processMemory.ofQuery(request.queryId(), request.memoryBytes());
        Bindings bindings = new Bindings(request.parameters());
        QueryFetches fetches = new QueryFetches(
                plan.fragments(),
                plan.keyed().keySet(),
                bindings,
                request.sources(),
                permits,
                workers,
                QueryFetches.options(request.queryId(), request.timeout()),
                memory,
                spoolSpace,
                keyedReads,
                new ScanParts(request.scanParts(), localThreads, permits, workers),
                watch);
        StopFlag stop = new StopFlag();
        LocalThreads.QueryThreads crew = localThreads.forQuery(request.localThreads());
        QueryRuntime runtime = new QueryRuntime(plan, bindings, fetches, keyedReads, memory, spoolSpace, stop, crew);
        DataContext data = new StatementData(
                runtime,
                plan.constants(),
                internal(request.parameters(), plan.parameters()),
                clock.instant(),
                request.zone(),
                request.user(),
                stop.raw(),
                Dialect.typeFactory());
        Deadline deadline = new Deadline();
        Execution execution = new Execution(
                request.queryId(),
                plan,
                fetches,
                runtime,
                memory,
                () -> bind(plan.code(), data),
                stop,
                request.maxRows(),
                () -> {
                    deadline.disarm();
                    crew.close();
                    request.onClose().run();
                });
        deadline.arm(timer.schedule(
                () -> execution.stop(new QueryException(
                        ErrorCode.TIMED_OUT, "The query passed its deadline of " + readable(request.timeout()))),
                request.timeout().toMillis(),
                TimeUnit.MILLISECONDS));
        fetches.start();
        return execution;
    }

    /** Compiled code is typed by what it was compiled from; its rows are objects either way. */
    @SuppressWarnings("unchecked")
    private static Enumerable<Object> bind(Bindable<?> code, DataContext data) {
        return (Enumerable<Object>) code.bind(data);
    }

    private static List<@Nullable Object> internal(List<? extends @Nullable Object> values, List<DataType> types) {
        List<@Nullable Object> internal = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            internal.add(value == null ? null : RowDecoder.decoder(types.get(i)).apply(value));
        }
        return internal;
    }

    private static String readable(Duration timeout) {
        return timeout.toMillis() < 10_000 ? timeout.toMillis() + " ms" : timeout.toSeconds() + " s";
    }

    /** A timer task that may be disarmed before it is known. */
    private static final class Deadline {
        private @Nullable Future<?> task;
        private boolean disarmed;

        synchronized void arm(Future<?> armed) {
            task = armed;
            if (disarmed) {
                armed.cancel(false);
            }
        }

        synchronized void disarm() {
            disarmed = true;
            if (task != null) {
                task.cancel(false);
            }
        }
    }
}
