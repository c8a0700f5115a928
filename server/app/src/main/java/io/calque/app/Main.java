package io.calque.app;

import io.calque.app.cli.Cli;
import io.calque.app.cli.Version;
import io.calque.app.config.Configuration;
import io.calque.app.config.Limits;
import io.calque.app.config.SearchSettings;
import io.calque.app.deployment.DeploymentFactory;
import io.calque.app.log.StderrLogging;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryEngine;
import io.calque.engine.SourceSet;
import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.search.CatalogIndex;
import io.calque.nl2plan.search.VectorTier;
import io.calque.registry.drift.ViewImpact;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SecondLook;
import io.calque.registry.relate.RelationshipInference;
import io.calque.registry.relate.RelationshipOptions;
import io.calque.registry.relate.RelationshipService;
import io.calque.registry.store.Registry;
import io.calque.registry.system.SystemTables;
import io.calque.spi.SourceId;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.question.ValueLookup;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** Where the process starts, and where everything is wired: by hand, in one place. Thread-safe. */
public final class Main implements DeploymentFactory {
    private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(5);

    /** Enough for some ten thousand different names. */
    private static final Duration EMBEDDING_BUDGET = Duration.ofMinutes(5);

    private final SortedMap<String, Adapter> adapters;
    private final Clock clock;

    Main(Clock clock) {
        this.clock = clock;
        this.adapters = new TreeMap<>();
        ServiceLoader.load(Adapter.class).forEach(adapter -> adapters.put(adapter.kind(), adapter));
    }

    public static void main(String[] arguments) {
        // libraries that log through java.util.logging (pgjdbc, jline) throw what they log, too
        LogManager.getLogManager().reset();
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            System.setProperty(StderrLogging.LEVEL_PROPERTY, System.getProperty(StderrLogging.LEVEL_PROPERTY, "info"));
        }
        // sets logging up before threads start: SLF4J complains on stderr when several find it half made
        LoggerFactory.getLogger(Main.class).debug("starting version={}", Version.current());
        Interruption interruption = new Interruption();
        interruption.listen(PATIENCE_WHEN_INTERRUPTED);
        int code = new Cli(ofProcess(interruption), new Main(Clock.systemUTC())).run(List.of(arguments));
        interruption.finished();
        System.exit(code);
    }

    private static Invocation ofProcess(Interruption interruption) {
        Writer out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), 1 << 16);
        return new Invocation(
                System.in,
                out,
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Invocation.Terminals.ofProcess(),
                interruption,
                System.getenv(),
                Path.of("").toAbsolutePath());
    }

    @Override
    public SortedSet<String> kinds() {
        return new TreeSet<>(adapters.keySet());
    }

    @Override
    public void prepareToServe() {
        new EarlyStatements(clock).start();
    }

    @Override
    public Source openSource(SourceConfig config) {
        return ConfiguredSources.adapter(adapters, config).open(config);
    }

    @Override
    public LocalDeployment open(Configuration configuration) {
        createParent(configuration.registry());
        Registry registry = Registry.open(configuration.registry(), clock);
        try {
            ConfiguredSources sources = ConfiguredSources.open(adapters, configuration.sources());
            forgetOthers(registry, sources.ids());
            EngineViewColumns viewColumns = new EngineViewColumns();
            SourceSet sourceSet = new SourceSet(sources.all());
            ExecutorService introspectors = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "calque-introspection");
                thread.setDaemon(true);
                return thread;
            });
            IntrospectionOptions options = IntrospectionOptions.DEFAULT.withValues(
                    configuration.introspection().values());
            SecondLook secondLook = new SecondLook(
                    registry,
                    new IntrospectionService(registry, introspectors, clock, SecondLook.options(options)),
                    introspectors);
            CatalogIndex index = searchIndex(configuration, introspectors);
            AccessPolicy policy = AccessPolicy.allowAll();
            SourceValues values = new SourceValues(policy, introspectors);
            SearchReport search = new SearchReport(index);
            QueryEngine engine = new QueryEngine(
                    engineConfig(configuration.limits()),
                    registry,
                    sourceSet,
                    policy,
                    SystemTables.of(registry, viewColumns, List.of(search.state()), search::drift),
                    new Questions(
                            index,
                            configuration.search().values() == SearchSettings.Use.OFF ? ValueLookup.NONE : values),
                    new EngineSourceWatch(registry, sourceSet, secondLook, introspectors),
                    clock);
            viewColumns.askAt(engine);
            values.askAt(engine);
            registry.listen(new ViewImpact(new EngineViewShapes(engine)));
            IntrospectionService introspection = new IntrospectionService(registry, introspectors, clock, options);
            RelationshipService relationships = new RelationshipService(
                    registry, new RelationshipInference(introspectors, RelationshipOptions.DEFAULT));
            return new LocalDeployment(
                    registry,
                    sources,
                    sourceSet,
                    engine,
                    introspection,
                    relationships,
                    introspectors,
                    index,
                    configuration.introspection());
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /** The configuration may have changed since the registry was last open. */
    private static void forgetOthers(Registry registry, List<SourceId> configured) {
        if (registry.current().sources().stream().anyMatch(source -> !configured.contains(source.id()))) {
            registry.retainSources(configured);
        }
    }

    /** Opened by the first question that searches. */
    private CatalogIndex searchIndex(Configuration configuration, ExecutorService background) {
        Path folder =
                configuration.registry().resolveSibling(configuration.registry().getFileName() + ".search");
        VectorTier vectors = configuration.search().vectors() == SearchSettings.Use.OFF
                ? VectorTier.off()
                : VectorTier.miniLm(background, EMBEDDING_BUDGET);
        return new CatalogIndex(Optional.of(folder), vectors, clock);
    }

    private static EngineConfig engineConfig(Limits limits) {
        EngineConfig defaults = EngineConfig.defaults();
        return new EngineConfig(
                limits.queryMemory().orElse(defaults.queryMemoryBytes()),
                limits.totalMemory().orElse(defaults.processMemoryBytes()),
                limits.statementTimeout().orElse(defaults.statementTimeout()),
                defaults.maxQueries(),
                defaults.planCacheSize(),
                limits.spoolDisk().orElse(defaults.spoolDiskBytes()),
                limits.spoolDirectory().orElse(defaults.spoolDirectory()));
    }

    private static void createParent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            return;
        }
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new UncheckedIOException("Directory " + parent + " for the registry cannot be created", e);
        }
    }
}
