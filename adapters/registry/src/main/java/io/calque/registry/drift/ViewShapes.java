package io.calque.registry.drift;

import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.type.DataType;
import java.util.List;

/** Says what a view would return over some state of the catalog, without asking a source. Thread-safe. */
@FunctionalInterface
public interface ViewShapes {
    Shape of(ViewDescriptor view, CatalogSnapshot snapshot);

    /** A view's columns, or why it has none. */
    sealed interface Shape {}

    /** It can be planned. */
    record Columns(List<Column> columns) implements Shape {
        public Columns {
            columns = List.copyOf(columns);
        }
    }

    /** It cannot be planned. */
    record Failure(String message) implements Shape {}

    /** One column of a view's result. */
    record Column(String name, DataType type) {
        @Override
        public String toString() {
            return name + " " + type;
        }
    }
}
