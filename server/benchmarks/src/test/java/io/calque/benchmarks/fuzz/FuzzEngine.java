package io.calque.benchmarks.fuzz;

import io.calque.engine.EngineConfig;
import io.calque.engine.QueryEngine;
import io.calque.engine.Session;
import io.calque.engine.SourceSet;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SourceReport;
import io.calque.registry.store.Registry;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An engine over observed sources, introspected into a registry in memory. */
final class FuzzEngine implements AutoCloseable {
    private final List<Source> sources = new ArrayList<>();
    private final Registry registry = Registry.inMemory(Clock.systemUTC());
    private final QueryEngine engine;

    FuzzEngine(List<SourceConfig> configs, FragmentLedger ledger, Fault fault) {
        Map<String, Adapter> adapters = ServiceLoader.load(Adapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(Adapter::kind, Function.identity()));
        for (SourceConfig config : configs) {
            Adapter adapter = Objects.requireNonNull(adapters.get(config.kind()), config::kind);
            sources.add(new ObservedSource(adapter.open(config), ledger, fault));
        }
        introspect();
        engine = new QueryEngine(
                EngineConfig.defaults(),
                registry,
                new SourceSet(sources),
                AccessPolicy.allowAll(),
                List.of(),
                Clock.systemUTC());
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

    CatalogSnapshot catalog() {
        return registry.current();
    }

    /**
     * Keys are sent, and fetches shared, wherever they can be: these tables are too small for it to pay. Where a class of work is not pushed,
     * sources are told of the least and the greatest key only, and rows are compared with keys here.
     *
     * @param variant as SET pushdown takes it, or another setting and its value, such as {@code early_limits=off}
     */
    Session session(String variant) {
        String[] other = variant.split("=");
        Map<String, String> settings = new HashMap<>(Map.of(
                "pushdown",
                other.length == 2 ? "on" : variant,
                "bind_joins",
                "always",
                "join_search",
                "always",
                "shared_fetches",
                "always",
                "scan_splits",
                "2",
                "key_filtering",
                variant.equals("on") ? "on" : "always",
                "key_ranges",
                variant.equals("on") ? "on" : "always",
                "statement_timeout",
                "30s"));
        if (other.length == 2) {
            settings.put(other[0], other[1]);
        }
        return engine.open(Principal.LOCAL, settings);
    }

    @Override
    public void close() {
        engine.close();
        sources.forEach(Source::close);
        registry.close();
    }
}
