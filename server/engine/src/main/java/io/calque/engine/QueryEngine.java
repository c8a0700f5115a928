package io.calque.engine;

import io.calque.engine.exec.LocalThreads;
import io.calque.engine.exec.MemoryAccount;
import io.calque.engine.exec.QueryRunner;
import io.calque.engine.exec.SpoolSpace;
import io.calque.engine.names.TableIndex;
import io.calque.engine.names.TableIndexes;
import io.calque.engine.prepare.PlanCache;
import io.calque.engine.prepare.QueryPlanner;
import io.calque.engine.session.AskedQuestions;
import io.calque.engine.session.EngineServices;
import io.calque.engine.session.EngineSession;
import io.calque.engine.session.QueryLog;
import io.calque.engine.system.CapabilityTable;
import io.calque.engine.system.QueryTables;
import io.calque.engine.system.SystemSource;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.question.QuestionPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers SQL over the sources it is given. Thread-safe. Closing it ends all queries; it closes neither its sources nor its catalog.
 */
public final class QueryEngine implements SessionFactory, AutoCloseable {
    private final EngineServices services;
    private final QueryPlanner planner;
    private final ExecutorService workers;
    private final LocalThreads localThreads;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** An engine that understands no question. */
    public QueryEngine(
            EngineConfig config,
            Catalog catalog,
            SourceSet sources,
            AccessPolicy policy,
            List<SystemTable> systemTables,
            Clock clock) {
        this(config, catalog, sources, policy, systemTables, QuestionPlanner.none(), clock);
    }

    /**
     * @param catalog what is known of the sources
     * @param sources the sources themselves; may be replaced while the engine runs
     * @param systemTables tables that the registry and the application contribute to the built-in source
     * @param questions finds what {@code NL('...')} means
     */
    public QueryEngine(
            EngineConfig config,
            Catalog catalog,
            SourceSet sources,
            AccessPolicy policy,
            List<SystemTable> systemTables,
            QuestionPlanner questions,
            Clock clock) {
        this(config, catalog, sources, policy, systemTables, questions, SourceWatch.NONE, clock);
    }

    /**
     * @param watch hears how the sources answer, and looks at them again when a query finds them changed
     */
    public QueryEngine(
            EngineConfig config,
            Catalog catalog,
            SourceSet sources,
            AccessPolicy policy,
            List<SystemTable> systemTables,
            QuestionPlanner questions,
            SourceWatch watch,
            Clock clock) {
        // Threads are bounded by permits: a fetch is given to the pool only once it holds one.
        this.workers = Executors.newCachedThreadPool(threads("calque-fetch-"));
        this.localThreads = new LocalThreads(Runtime.getRuntime().availableProcessors(), threads("calque-local-"));
        this.timer = Executors.newSingleThreadScheduledExecutor(threads("calque-timer-"));
        QueryLog log = new QueryLog(clock);
        List<SystemTable> tables = new ArrayList<>(systemTables);
        tables.addAll(QueryTables.of(log));
        tables.add(new CapabilityTable(sources));
        SystemSource system = SystemSource.of(tables);
        this.planner = new QueryPlanner(id -> id.equals(SystemSource.ID) ? system : sources.get(id));
        QueryRunner runner = new QueryRunner(
                MemoryAccount.ofProcess(config.processMemoryBytes()),
                new SpoolSpace(config.spoolDirectory(), config.spoolDiskBytes()),
                workers,
                localThreads,
                timer,
                watch,
                clock);
        this.services = new EngineServices(
                config,
                catalog,
                sources,
                system,
                policy,
                new TableIndexes(system, policy),
                new PlanCache(planner, config.planCacheSize()),
                questions,
                runner,
                log,
                watch,
                clock);
    }

    @Override
    public Session open(Principal principal, Map<String, String> settings) {
        if (closed.get()) {
            throw new QueryException(ErrorCode.SHUTTING_DOWN, "The engine is stopping");
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        EngineSession session = new EngineSession(id, principal, services);
        settings.forEach(session::set);
        return session;
    }

    /**
     * The columns of a saved view over some state of the catalog, whoever asks. No source is asked, so a view with a native text in it
     * has none.
     *
     * @throws QueryException for whatever is wrong with the view
     */
    public List<ResultColumn> viewColumns(ViewDescriptor view, CatalogSnapshot snapshot) {
        String name = "\"" + view.name().replace("\"", "\"\"") + "\"";
        TableIndex tables = TableIndex.of(snapshot, services.system().descriptors());
        return planner.columns(
                "SELECT * FROM calque.views." + name,
                List.of(),
                tables,
                source -> {
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "A native query of source '" + source + "' is typed only when it runs");
                },
                new AskedQuestions(
                        services.questions(),
                        new QuestionPlanner.Asked(snapshot, Principal.LOCAL, AccessPolicy.allowAll(), List.of()),
                        Optional.empty()));
    }

    /** Queries that run and that ran lately; also the way to cancel one. */
    public QueryLog queries() {
        return services.log();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            services.log().cancelAll();
            workers.shutdownNow();
            localThreads.close();
            timer.shutdownNow();
        }
    }

    private static ThreadFactory threads(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
