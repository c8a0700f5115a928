package io.calque.registry.relate;

import io.calque.registry.IntrospectionOnly;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ValueScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that hands out the values of tables in memory. Thread-safe. */
final class MemorySource implements IntrospectionOnly {
    private final SourceId id;
    private final List<World.Table> tables;
    final AtomicInteger scans = new AtomicInteger();

    MemorySource(SourceId id, List<World.Table> tables) {
        this.id = id;
        this.tables = List.copyOf(tables);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public Introspector introspector() {
        return new Introspector() {
            @Override
            public Observation observe(Progress progress) {
                return new Observation(
                        "Memory", tables.stream().map(World.Table::descriptor).toList(), List.of());
            }

            @Override
            public TableStatistics measure(TableDescriptor table, Budget budget) {
                return table.statistics();
            }

            @Override
            public ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
                scans.incrementAndGet();
                World.Table found = tables.stream()
                        .filter(t -> t.name.equals(table.name()))
                        .findFirst()
                        .orElseThrow();
                int rows = (int) Math.min(found.rows, budget.rows());
                for (int row = 0; row < rows; row++) {
                    @Nullable String[] values = new @Nullable String[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = found.at(columns.get(i), row);
                    }
                    sink.row(values);
                }
                return new ValueScan(
                        rows, rows == found.rows ? ValueScan.Coverage.COMPLETE : ValueScan.Coverage.PARTIAL);
            }
        };
    }
}
