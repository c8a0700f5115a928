package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import java.time.Instant;
import java.util.List;

/**
 * All that one introspection saw of one source, ready to be published. Immutable.
 *
 * @param tables the whole source: a table that is missing here is gone; names are unique
 */
public record SourceObservation(
        SourceId source, String kind, String product, List<TableDescriptor> tables, Instant observedAt) {
    public SourceObservation {
        tables = List.copyOf(tables);
        if (tables.stream().anyMatch(t -> !t.name().source().equals(source))) {
            throw new IllegalArgumentException("a table observed in " + source + " names another source");
        }
        if (tables.stream().map(TableDescriptor::name).distinct().count() != tables.size()) {
            throw new IllegalArgumentException("two tables observed in " + source + " have the same name");
        }
    }
}
