package io.calque.registry.system;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;

/** Knows the output columns of views; the registry itself keeps only their text. Thread-safe. */
@FunctionalInterface
public interface ViewColumns {
    /** No view has known columns. */
    ViewColumns UNKNOWN = (view, asker) -> List.of();

    /** In order; empty for a view that no longer compiles. */
    List<ColumnDescriptor> columns(ViewDescriptor view, SystemView asker);
}
