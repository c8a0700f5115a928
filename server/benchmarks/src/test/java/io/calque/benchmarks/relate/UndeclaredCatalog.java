package io.calque.benchmarks.relate;

import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SourceReport;
import io.calque.registry.relate.RelationshipInference;
import io.calque.registry.relate.RelationshipInference.Inferred;
import io.calque.registry.relate.RelationshipOptions;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sources whose catalog has lost every key, index and default, so that only names and values tell what refers to what. */
final class UndeclaredCatalog implements AutoCloseable {
    private final List<Source> sources = new ArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CatalogSnapshot declared;

    UndeclaredCatalog(List<SourceConfig> configs) {
        Map<String, Adapter> adapters = ServiceLoader.load(Adapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(Adapter::kind, Function.identity()));
        configs.forEach(config ->
                sources.add(Objects.requireNonNull(adapters.get(config.kind())).open(config)));
        try (Registry registry = Registry.inMemory(Clock.systemUTC())) {
            List<SourceReport> reports = new IntrospectionService(
                            registry, workers, Clock.systemUTC(), IntrospectionOptions.DEFAULT)
                    .introspect(sources, Progress.SILENT);
            reports.forEach(r -> r.failure().ifPresent(f -> {
                throw new IllegalStateException(r.source() + ": " + f.message());
            }));
            declared = registry.current();
        }
    }

    /** What is inferred without declarations. */
    Inferred infer() {
        return infer(stripped(declared));
    }

    /** What is inferred beside what the sources declare. */
    Inferred inferBesideDeclared() {
        return infer(declared);
    }

    private Inferred infer(CatalogSnapshot snapshot) {
        return new RelationshipInference(workers, RelationshipOptions.DEFAULT)
                .infer(snapshot, sources, Progress.SILENT);
    }

    private static CatalogSnapshot stripped(CatalogSnapshot snapshot) {
        return new CatalogSnapshot(
                snapshot.version(),
                snapshot.publishedAt(),
                snapshot.sources().stream()
                        .map(s -> new SourceSnapshot(
                                s.id(),
                                s.kind(),
                                s.product(),
                                s.tables().stream()
                                        .map(UndeclaredCatalog::stripped)
                                        .toList(),
                                s.observedAt(),
                                s.lastError()))
                        .toList(),
                List.of());
    }

    private static TableDescriptor stripped(TableDescriptor table) {
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns().stream().map(UndeclaredCatalog::stripped).toList(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                table.nestedIn(),
                table.statistics(),
                "",
                table.facts());
    }

    private static ColumnDescriptor stripped(ColumnDescriptor column) {
        return new ColumnDescriptor(
                column.name(),
                column.path(),
                column.type(),
                column.nativeType(),
                true,
                Optional.empty(),
                Generation.NONE,
                "",
                column.facts());
    }

    /** {@code pg.invoice(customerid) -> mongo.customer(_id)}: without the schemas. */
    static String text(Relationship relationship) {
        return text(relationship.from()) + " -> " + text(relationship.to());
    }

    private static String text(End end) {
        return end.table().source() + "." + end.table().table() + "(" + String.join(", ", end.columns()) + ")";
    }

    @Override
    public void close() {
        sources.forEach(Source::close);
        workers.shutdownNow();
    }
}
