package io.calque.registry.annotate;

import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps values of the data out of the registry where a person said so: a column, table or source tagged {@value #TAG} keeps its
 * counts, and no smallest, largest, common, sampled or histogram value. Stateless.
 */
public final class WithheldValues {
    /** The tag. */
    public static final String TAG = "no_values";

    private WithheldValues() {}

    /** The tables without the values that are not allowed. */
    public static List<TableDescriptor> strip(List<TableDescriptor> tables, List<Annotation> annotations) {
        Set<Target> tagged = annotations.stream()
                .filter(a -> a.aspect() == Aspect.TAG && a.label().equals(TAG))
                .map(Annotation::target)
                .collect(Collectors.toSet());
        return tagged.isEmpty()
                ? tables
                : tables.stream().map(t -> strip(t, tagged)).toList();
    }

    private static TableDescriptor strip(TableDescriptor table, Set<Target> tagged) {
        boolean whole = tagged.contains(Target.of(table.name().source())) || tagged.contains(Target.of(table.name()));
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>();
        table.statistics().columns().forEach((name, figures) -> {
            boolean withheld = whole || tagged.contains(Target.of(table.name(), name));
            columns.put(name, withheld ? figures.withoutValues() : figures);
        });
        TableStatistics measured = table.statistics();
        return columns.equals(measured.columns())
                ? table
                : table.withStatistics(new TableStatistics(measured.rowCount(), measured.measuredAt(), columns));
    }
}
