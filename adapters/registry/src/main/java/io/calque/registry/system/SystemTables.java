package io.calque.registry.system;

import io.calque.registry.store.RecordedChange;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SystemTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/** All tables in which Calque describes itself. Stateless. */
public final class SystemTables {
    private SystemTables() {}

    /**
     * @param viewColumns who knows the columns of views
     * @param more tables of other parts, such as running queries; they are listed in the metadata like all others
     * @return the registry's tables and {@code more}, by schema and name
     */
    public static List<SystemTable> of(Registry registry, ViewColumns viewColumns, List<SystemTable> more) {
        return of(registry, viewColumns, more, catalog -> Stream.empty());
    }

    /**
     * @param moreDrift what differs from a version of the catalog besides the sources, such as a search index
     */
    public static List<SystemTable> of(
            Registry registry,
            ViewColumns viewColumns,
            List<SystemTable> more,
            Function<CatalogSnapshot, Stream<RecordedChange>> moreDrift) {
        // The metadata lists the tables that hold it.
        AtomicReference<List<SystemTable>> all = new AtomicReference<>(List.of());
        Relations relations = new Relations(all::get, viewColumns);
        List<SystemTable> tables = new ArrayList<>(more);
        tables.addAll(RegistryTables.of(registry, relations, moreDrift));
        tables.addAll(AnnotationTables.all());
        tables.addAll(InformationSchema.of(relations));
        tables.addAll(JdbcTables.of(relations));
        List<SystemTable> sorted = tables.stream()
                .sorted(Comparator.comparing(SystemTable::schema).thenComparing(SystemTable::name))
                .toList();
        all.set(sorted);
        return sorted;
    }
}
