package io.calque.app;

import io.calque.engine.QueryEngine;
import io.calque.registry.drift.ViewShapes;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ViewDescriptor;

/** Lets the engine resolve a view over any state of the catalog. Thread-safe. */
record EngineViewShapes(QueryEngine engine) implements ViewShapes {
    @Override
    public Shape of(ViewDescriptor view, CatalogSnapshot snapshot) {
        try {
            return new Columns(engine.viewColumns(view, snapshot).stream()
                    .map(column -> new Column(column.label(), column.type()))
                    .toList());
        } catch (QueryException e) {
            return new Failure(String.valueOf(e.getMessage()));
        }
    }
}
