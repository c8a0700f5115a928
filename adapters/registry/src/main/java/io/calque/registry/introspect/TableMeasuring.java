package io.calque.registry.introspect;

import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the source has recorded itself, then measures the other tables and reads the values of columns that have few of them, in
 * a few lanes until all are done or the time is over. Used once.
 */
final class TableMeasuring {
    private static final Logger LOG = LoggerFactory.getLogger(TableMeasuring.class);
    /** What a table may take beyond its budget before its lane is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Source source;
    private final BoundedTasks tasks;
    private final IntrospectionOptions options;
    private final ValueDictionaries dictionaries;
    private final SharedProgress progress;
    private final Map<TableName, TableStatistics> statistics = new ConcurrentHashMap<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Queue<TableDescriptor> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger skipped = new AtomicInteger();

    TableMeasuring(Source source, BoundedTasks tasks, IntrospectionOptions options, SharedProgress progress) {
        this.source = source;
        this.tasks = tasks;
        this.options = options;
        this.dictionaries = new ValueDictionaries(source.introspector(), options.values());
        this.progress = progress;
    }

    /** Never fails: what could not be measured is missing, with a warning. */
    CompletableFuture<Result> measure(List<TableDescriptor> tables) {
        if (tables.isEmpty() || options.measuring().isZero()) {
            return CompletableFuture.completedFuture(new Result(Map.of(), List.of()));
        }
        progress.expect(tables.size(), source.id() + ": measuring " + tables.size() + " tables");
        return tasks.run(options.measuring().plus(GRACE), () -> recorded(tables))
                .exceptionally(this::abandoned)
                .thenCompose(taken -> measureOthers(tables));
    }

    private boolean recorded(List<TableDescriptor> tables) {
        try {
            statistics.putAll(source.introspector().recorded(tables));
        } catch (QueryException e) {
            warnings.add("recorded statistics of source " + source.id() + " were not read: " + e.getMessage());
        }
        statistics.keySet().forEach(table -> progress.finished(table.toString()));
        return true;
    }

    private CompletableFuture<Result> measureOthers(List<TableDescriptor> tables) {
        // figures first: words are recognized by fewer values, but plans are made of figures
        tables.stream().filter(table -> !statistics.containsKey(table.name())).forEach(waiting::add);
        if (options.values() > 0) {
            tables.stream()
                    .filter(table -> statistics.containsKey(table.name()))
                    .forEach(waiting::add);
        }
        int lanes = Math.min(Math.min(options.lanes(), source.permits()), waiting.size());
        CompletableFuture<?>[] running = IntStream.range(0, lanes)
                .mapToObj(lane ->
                        tasks.run(options.measuring().plus(GRACE), this::lane).exceptionally(this::abandoned))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(running).thenApply(done -> result());
    }

    private boolean lane() {
        long deadline = System.nanoTime() + options.measuring().toNanos();
        for (TableDescriptor table = waiting.poll(); table != null; table = waiting.poll()) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            boolean over =
                    left.isNegative() || left.isZero() || Thread.currentThread().isInterrupted();
            if (statistics.containsKey(table.name())) {
                if (!over) {
                    values(table, left);
                }
                continue;
            }
            if (over) {
                skipped.incrementAndGet();
            } else {
                measure(table, left);
                values(table, Duration.ofNanos(deadline - System.nanoTime()));
            }
            progress.finished(table.name().toString());
        }
        return true;
    }

    private void values(TableDescriptor table, Duration left) {
        TableStatistics measured = statistics.get(table.name());
        if (measured == null || left.isNegative() || left.isZero()) {
            return;
        }
        try {
            statistics.put(table.name(), dictionaries.with(table, measured, left));
        } catch (QueryException e) {
            LOG.debug("no dictionary table={} reason={}", table.name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("reading values met a defect table={}", table.name(), e);
            warnings.add("values of table " + table.name() + " were not read: " + e);
        }
    }

    private void measure(TableDescriptor table, Duration left) {
        Duration time = left.compareTo(options.table().time()) < 0
                ? left
                : options.table().time();
        try {
            statistics.put(
                    table.name(),
                    source.introspector()
                            .measure(table, new Budget(options.table().rows(), time)));
        } catch (QueryException e) {
            warnings.add("table " + table.name() + " was not measured: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("measuring met a defect table={}", table.name(), e);
            warnings.add("table " + table.name() + " was not measured: " + e);
        }
    }

    private boolean abandoned(Throwable failure) {
        LOG.debug("measuring lane abandoned source={} reason={}", source.id(), failure.toString());
        warnings.add("measuring source " + source.id() + " was stopped after "
                + options.measuring().plus(GRACE).toSeconds() + " s");
        return false;
    }

    private Result result() {
        List<String> all = new ArrayList<>(warnings.stream().sorted().toList());
        int unmeasured = skipped.get()
                + (int) waiting.stream()
                        .filter(table -> !statistics.containsKey(table.name()))
                        .count();
        if (unmeasured > 0) {
            all.add("tables not measured for want of time: " + unmeasured + "; they keep the statistics they had");
        }
        return new Result(Map.copyOf(statistics), all);
    }

    /**
     * @param statistics of the tables that were measured
     */
    record Result(Map<TableName, TableStatistics> statistics, List<String> warnings) {}
}
