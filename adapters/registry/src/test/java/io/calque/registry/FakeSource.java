package io.calque.registry;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ValueScan;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** A source that says what a test tells it to say. Thread-safe. */
public final class FakeSource implements IntrospectionOnly {
    public static final String PRODUCT = "Fake 1.0";

    private final SourceId id;
    public volatile Supplier<Introspector.Observation> observation;
    public volatile Function<TableDescriptor, TableStatistics> statistics = table -> TableStatistics.UNKNOWN;
    public volatile Map<TableName, TableStatistics> recorded = Map.of();
    /** What each column holds, row by row. */
    public volatile Map<String, List<String>> values = Map.of();

    public final Queue<TableName> measured = new ConcurrentLinkedQueue<>();
    public final Queue<Budget> budgets = new ConcurrentLinkedQueue<>();

    public FakeSource(String id, TableDescriptor... tables) {
        this.id = new SourceId(id);
        this.observation = () -> new Introspector.Observation(PRODUCT, List.of(tables), List.of());
    }

    public void shows(TableDescriptor... tables) {
        observation = () -> new Introspector.Observation(PRODUCT, List.of(tables), List.of());
    }

    public void isDown() {
        observation = () -> {
            throw new QueryException(ErrorCode.SOURCE_UNAVAILABLE, "Source '" + id + "' cannot be reached");
        };
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
                return observation.get();
            }

            @Override
            public Map<TableName, TableStatistics> recorded(List<TableDescriptor> tables) {
                return recorded;
            }

            @Override
            public TableStatistics measure(TableDescriptor table, Budget budget) {
                measured.add(table.name());
                budgets.add(budget);
                return statistics.apply(table);
            }

            @Override
            public ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
                int rows = columns.stream()
                        .mapToInt(c -> values.getOrDefault(c, List.of()).size())
                        .max()
                        .orElse(0);
                for (int i = 0; i < rows; i++) {
                    String[] row = new String[columns.size()];
                    for (int c = 0; c < row.length; c++) {
                        row[c] = values.getOrDefault(columns.get(c), List.of()).get(i);
                    }
                    sink.row(row);
                }
                return new ValueScan(rows, ValueScan.Coverage.COMPLETE);
            }
        };
    }
}
