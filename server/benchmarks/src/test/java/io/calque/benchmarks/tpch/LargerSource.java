package io.calque.benchmarks.tpch;

import io.calque.benchmarks.world.ForwardingSource;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A source of TPC-H that says it had so many times the rows that it has, as at a larger scale factor: for plans as they are there. Nations and
 * regions stay as many. As thread-safe as the source that it stands before.
 */
final class LargerSource extends ForwardingSource {
    private final double times;
    private final Set<String> unmeasured;

    /**
     * @param unmeasured tables of whose columns nothing is known, as where there was no time
     */
    LargerSource(Source source, double times, Set<String> unmeasured) {
        super(source);
        this.times = times;
        this.unmeasured = unmeasured;
    }

    private static boolean grows(TableName table) {
        return !table.table().equals("nation") && !table.table().equals("region");
    }

    private TableStatistics larger(TableName name, TableStatistics known) {
        if (!grows(name)) {
            return known;
        }
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>();
        double rows = known.rowCount().orElse(0);
        if (!unmeasured.contains(name.table())) {
            known.columns().forEach((column, figures) -> columns.put(column, larger(column, figures, rows)));
        }
        return new TableStatistics(scaled(known.rowCount()), known.measuredAt(), columns);
    }

    /** Keys, and what hardly any two rows have in common. */
    private ColumnStatistics larger(String column, ColumnStatistics known, double rows) {
        boolean key = column.endsWith("key") && !column.endsWith("nationkey") && !column.endsWith("regionkey");
        boolean different = known.distinctCount().orElse(0) > rows / 2;
        return key || different
                ? new ColumnStatistics(
                        scaled(known.distinctCount()),
                        known.nullFraction(),
                        Optional.empty(),
                        Optional.empty(),
                        known.averageBytes(),
                        List.of(),
                        List.of())
                : known;
    }

    private OptionalDouble scaled(OptionalDouble figure) {
        return figure.isPresent() ? OptionalDouble.of(figure.getAsDouble() * times) : figure;
    }

    @Override
    public Introspector introspector() {
        Introspector real = super.introspector();
        return new Introspector() {
            @Override
            public Observation observe(Progress progress) {
                return observe(Optional.empty(), progress);
            }

            @Override
            public Observation observe(Optional<SourceSnapshot> known, Progress progress) {
                // What is said of tables beforehand is measured again.
                return real.observe(known, progress);
            }

            @Override
            public Map<TableName, TableStatistics> recorded(List<TableDescriptor> tables) {
                return real.recorded(tables).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> larger(e.getKey(), e.getValue())));
            }

            @Override
            public TableStatistics measure(TableDescriptor table, Budget budget) {
                return larger(table.name(), real.measure(table, budget));
            }
        };
    }
}
