package io.calque.benchmarks;

import io.calque.app.auth.Authenticator;
import io.calque.app.http.HttpServer;
import io.calque.app.http.HttpServerConfig;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryEngine;
import io.calque.engine.SourceSet;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SourceReport;
import io.calque.registry.store.Registry;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Calque over given sources, introspected into a registry in memory, answering in process and on a free port of this
 * machine: the parts that users have, so that what is measured is what they get. Thread-safe.
 */
public final class BenchmarkServer implements AutoCloseable {
    private final List<Source> sources = new ArrayList<>();
    private final Registry registry;
    private final QueryEngine engine;
    private final HttpServer http;

    private BenchmarkServer(List<SourceConfig> configs, EngineConfig config, UnaryOperator<Source> around) {
        Map<String, Adapter> adapters = ServiceLoader.load(Adapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(Adapter::kind, Function.identity()));
        for (SourceConfig source : configs) {
            sources.add(around.apply(Objects.requireNonNull(adapters.get(source.kind()), source::kind)
                    .open(source)));
        }
        registry = Registry.inMemory(Clock.systemUTC());
        introspect();
        engine = new QueryEngine(
                config, registry, new SourceSet(sources), AccessPolicy.allowAll(), List.of(), Clock.systemUTC());
        http = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open());
    }

    /** Introspects the sources and starts to listen; closing it closes the sources too. */
    public static BenchmarkServer start(List<SourceConfig> sources) {
        return start(sources, EngineConfig.defaults(), UnaryOperator.identity());
    }

    /**
     * The same within these bounds.
     *
     * @param around what each source is wrapped into before it is used
     */
    public static BenchmarkServer start(List<SourceConfig> sources, EngineConfig config, UnaryOperator<Source> around) {
        return new BenchmarkServer(sources, config, around);
    }

    private void introspect() {
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            IntrospectionService service =
                    new IntrospectionService(registry, workers, Clock.systemUTC(), IntrospectionOptions.DEFAULT);
            for (SourceReport report : service.introspect(sources, Progress.SILENT)) {
                report.failure().ifPresent(failure -> {
                    throw new IllegalStateException(report.source() + " cannot be introspected: " + failure.message());
                });
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** The engine in this process. */
    public QueryEngine engine() {
        return engine;
    }

    /** Connects through the remote driver, over HTTP; the caller closes the connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:calque://127.0.0.1:" + http.port() + "/");
    }

    @Override
    public void close() {
        http.close();
        engine.close();
        sources.forEach(Source::close);
        registry.close();
    }
}
