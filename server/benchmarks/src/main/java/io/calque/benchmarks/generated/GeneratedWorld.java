package io.calque.benchmarks.generated;

import io.calque.engine.EngineConfig;
import io.calque.engine.QueryEngine;
import io.calque.engine.SourceSet;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ViewDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Calque over tables of formulas, without registry or statistics. */
public final class GeneratedWorld implements AutoCloseable {
    private final QueryEngine engine;

    public GeneratedWorld(EngineConfig config, List<GeneratedTable> tables) {
        GeneratedSource source = new GeneratedSource(tables);
        CatalogSnapshot snapshot = new CatalogSnapshot(1, Instant.EPOCH, List.of(source.snapshot()), List.of());
        engine = new QueryEngine(
                config,
                new FixedCatalog(snapshot),
                new SourceSet(List.of(source)),
                AccessPolicy.allowAll(),
                List.of(),
                Clock.systemUTC());
    }

    public QueryEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** A catalog that never changes. */
    private record FixedCatalog(CatalogSnapshot current) implements Catalog {
        @Override
        public void createView(ViewDescriptor view, Existing existing) {
            throw new QueryException(ErrorCode.NOT_SUPPORTED, "Tables of formulas have no views");
        }

        @Override
        public boolean dropView(String name) {
            return false;
        }
    }
}
