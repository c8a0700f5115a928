package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import java.time.Instant;
import java.util.List;

/**
 * All that one introspection saw of one source, ready to be published. Immutable.
 *
 * @param tables the whole source: a table that is missing here is gone; names are unique
 * @param userTypes likewise
 */
public record SourceObservation(
        SourceId source,
        String kind,
        String product,
        List<TableDescriptor> tables,
        List<UserTypeDescriptor> userTypes,
        Instant observedAt) {
    public SourceObservation {
        tables = List.copyOf(tables);
        userTypes = List.copyOf(userTypes);
        if (userTypes.stream().anyMatch(t -> !t.source().equals(source))) {
            throw new IllegalArgumentException("a type observed in " + source + " names another source");
        }
        if (userTypes.stream()
                        .map(t -> List.of(t.schema(), t.name()))
                        .distinct()
                        .count()
                != userTypes.size()) {
            throw new IllegalArgumentException("two types observed in " + source + " have the same name");
        }
        if (tables.stream().anyMatch(t -> !t.name().source().equals(source))) {
            throw new IllegalArgumentException("a table observed in " + source + " names another source");
        }
        if (tables.stream().map(TableDescriptor::name).distinct().count() != tables.size()) {
            throw new IllegalArgumentException("two tables observed in " + source + " have the same name");
        }
    }

    /** Of a source without types of its users. */
    public SourceObservation(
            SourceId source, String kind, String product, List<TableDescriptor> tables, Instant observedAt) {
        this(source, kind, product, tables, List.of(), observedAt);
    }

    SourceObservation withTables(List<TableDescriptor> newTables) {
        return new SourceObservation(source, kind, product, newTables, userTypes, observedAt);
    }
}
