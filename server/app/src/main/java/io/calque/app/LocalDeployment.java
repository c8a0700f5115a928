package io.calque.app;

import io.calque.app.client.QueryClient;
import io.calque.app.client.SessionClient;
import io.calque.app.config.IntrospectionSettings;
import io.calque.app.config.ServerSettings;
import io.calque.app.config.SourceChanges;
import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.deployment.RelatingOutcome;
import io.calque.engine.QueryEngine;
import io.calque.engine.SessionFactory;
import io.calque.engine.SourceSet;
import io.calque.nl2plan.search.CatalogIndex;
import io.calque.registry.introspect.IntrospectionSchedule;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SourceReport;
import io.calque.registry.relate.RelationshipInference.Inferred;
import io.calque.registry.relate.RelationshipService;
import io.calque.registry.store.RecordedChange;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The parts that {@link Main} wired, in this process. Thread-safe. */
final class LocalDeployment implements Deployment {
    /** How long queries that run over a source that left the configuration may still read it. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Registry registry;
    private final ConfiguredSources sources;
    private final SourceSet sourceSet;
    private final QueryEngine engine;
    private final IntrospectionService introspection;
    private final RelationshipService relationships;
    private final ExecutorService introspectors;
    private final CatalogIndex index;
    private final IntrospectionSchedule schedule;
    private volatile boolean serving;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "calque-schedule");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledExecutorService closer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "calque-closer");
        thread.setDaemon(true);
        return thread;
    });

    /** Everything given becomes this deployment's own to close. */
    LocalDeployment(
            Registry registry,
            ConfiguredSources sources,
            SourceSet sourceSet,
            QueryEngine engine,
            IntrospectionService introspection,
            RelationshipService relationships,
            ExecutorService introspectors,
            CatalogIndex index,
            IntrospectionSettings settings) {
        this.registry = registry;
        this.sources = sources;
        this.sourceSet = sourceSet;
        this.engine = engine;
        this.introspection = introspection;
        this.relationships = relationships;
        this.introspectors = introspectors;
        this.index = index;
        this.schedule =
                new IntrospectionSchedule(introspection, this::configured, settings::of, timer, new SecureRandom());
    }

    private Optional<Source> configured(SourceId id) {
        return sources.all().stream().filter(s -> s.id().equals(id)).findFirst();
    }

    @Override
    public CatalogSnapshot catalog() {
        return registry.current();
    }

    @Override
    public List<SourceId> unknownSources() {
        CatalogSnapshot known = registry.current();
        return sources.ids().stream()
                .filter(id ->
                        known.source(id).flatMap(SourceSnapshot::observedAt).isEmpty())
                .toList();
    }

    @Override
    public List<IntrospectionOutcome> introspect(List<SourceId> asked, Progress progress) {
        List<Source> chosen = sources.all().stream()
                .filter(source -> asked.contains(source.id()))
                .toList();
        return introspection.introspect(chosen, progress).stream()
                .map(LocalDeployment::outcome)
                .toList();
    }

    @Override
    public Optional<RelatingOutcome> relate(Progress progress) {
        Inferred inferred = relationships.refresh(sources.all(), progress).inferred();
        long across = inferred.relationships().stream()
                .filter(r -> !r.from().table().source().equals(r.to().table().source()))
                .count();
        return Optional.of(new RelatingOutcome(
                inferred.relationships().size(), (int) across, inferred.took(), inferred.warnings()));
    }

    private static IntrospectionOutcome outcome(SourceReport report) {
        return new IntrospectionOutcome(
                report.source(),
                report.tables(),
                report.duration(),
                report.warnings(),
                report.failure().map(SourceReport.Failure::message));
    }

    @Override
    public List<RecordedChange> changesAfter(long version) {
        return registry.changesAfter(version);
    }

    @Override
    public void publishOntology(Ontology ontology, String author, String cause) {
        registry.publishOntology(ontology, author, cause);
    }

    @Override
    public QueryClient connect() {
        return new SessionClient(engine.open(Principal.LOCAL, Map.of()));
    }

    SessionFactory sessions() {
        return engine;
    }

    @Override
    public Endpoint serve(ServerSettings settings) {
        Endpoint endpoint = RunningEndpoint.start(settings, engine);
        new FirstStatements(engine, registry.current(), sources.all()).start();
        serving = true;
        schedule.add(sources.ids());
        return endpoint;
    }

    @Override
    public void apply(SourceChanges changes) {
        List<Source> leaving = sources.apply(changes);
        sourceSet.replace(sources.all());
        registry.retainSources(sources.ids());
        introspect(
                Stream.concat(changes.added().stream(), changes.changed().stream())
                        .map(SourceConfig::id)
                        .toList(),
                Progress.SILENT);
        if (serving) {
            schedule.add(sources.ids());
        }
        closer.schedule(() -> leaving.forEach(Source::close), GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        engine.close();
        timer.shutdownNow();
        introspectors.shutdownNow();
        index.close();
        closer.shutdownNow().forEach(Runnable::run);
        sources.close();
        registry.close();
    }
}
