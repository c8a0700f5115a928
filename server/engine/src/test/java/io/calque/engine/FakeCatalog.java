package io.calque.engine;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.ViewDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A registry in memory. */
final class FakeCatalog implements Catalog {
    private final List<SourceSnapshot> sources;
    private final Map<String, ViewDescriptor> views = new TreeMap<>();
    private long version = 1;

    FakeCatalog(List<SourceSnapshot> sources) {
        this.sources = sources;
    }

    @Override
    public synchronized CatalogSnapshot current() {
        return new CatalogSnapshot(version, Instant.EPOCH, sources, List.copyOf(views.values()));
    }

    @Override
    public synchronized void createView(ViewDescriptor view, Existing existing) {
        if (existing == Existing.FAIL && views.containsKey(view.name())) {
            throw new QueryException(ErrorCode.TABLE_EXISTS, "View '" + view.name() + "' exists");
        }
        views.put(view.name(), view);
        version++;
    }

    @Override
    public synchronized boolean dropView(String name) {
        version++;
        return views.remove(name) != null;
    }
}
