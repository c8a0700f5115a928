package io.calque.registry.relate;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** All sources, read at the same time, each on one thread. Its methods belong to the caller's thread, one at a time. */
final class ScanPool {
    private final Map<SourceId, SourceScans> sources = new TreeMap<>();
    private final ExecutorService executor;
    private final SketchCache cache;
    private final Progress progress;

    ScanPool(
            Collection<? extends Source> sources,
            RelationshipOptions options,
            ExecutorService executor,
            SketchCache cache,
            Progress progress) {
        sources.forEach(s -> this.sources.put(s.id(), new SourceScans(s, options)));
        this.executor = executor;
        this.cache = cache;
        this.progress = progress;
    }

    boolean reads(SourceId source) {
        return sources.containsKey(source);
    }

    /** Small tables first: they are likelier to be referred to, and should time run out, most are done. */
    List<TableSketch> sketch(List<TableDescriptor> tables) {
        Map<SourceId, List<TableDescriptor>> work = new TreeMap<>();
        tables.stream()
                .sorted(Comparator.comparingDouble(
                                (TableDescriptor t) -> t.statistics().rowCount().orElse(0))
                        .thenComparing(TableDescriptor::name))
                .forEach(t -> work.computeIfAbsent(t.name().source(), k -> new ArrayList<>())
                        .add(t));
        List<TableSketch> sketches = new ArrayList<>();
        AtomicLong done = new AtomicLong();
        each(work, (scans, table) -> {
            TableSketch sketch = cache.of(table).or(() -> scans.sketch(table)).orElse(null);
            progress.report(done.incrementAndGet(), tables.size(), "comparing values of " + table.name());
            if (sketch != null) {
                cache.keep(sketch);
                synchronized (sketches) {
                    sketches.add(sketch);
                }
            }
        });
        return sketches;
    }

    /** Replaces doubtful pairs by what a second look at their keys finds. */
    void check(Map<Column, List<Pair>> pairs) {
        Map<TableName, List<Pair>> byKey = new TreeMap<>();
        pairs.values()
                .forEach(list -> list.stream()
                        .filter(KeyCheck::isDoubtful)
                        .forEach(p -> byKey.computeIfAbsent(p.to().tableName(), k -> new ArrayList<>())
                                .add(p)));
        Map<SourceId, List<List<Pair>>> work = new TreeMap<>();
        byKey.forEach((table, list) ->
                work.computeIfAbsent(table.source(), k -> new ArrayList<>()).add(list));
        each(work, (scans, list) -> {
            List<Pair> checked = new KeyCheck().check(list.get(0).to().table(), list, scans);
            synchronized (pairs) {
                for (int i = 0; i < list.size(); i++) {
                    Pair before = list.get(i);
                    Pair after = checked.get(i);
                    pairs.computeIfPresent(
                            before.from(),
                            (from, all) -> all.stream()
                                    .map(p -> p == before ? after : p)
                                    .toList());
                }
            }
        });
    }

    /** Runs work for each source on its own thread, in order. */
    <W> void each(Map<SourceId, List<W>> work, BiConsumer<SourceScans, W> job) {
        List<Future<?>> running = new ArrayList<>();
        work.forEach((source, items) -> {
            SourceScans scans = sources.get(source);
            if (scans != null) {
                running.add(executor.submit(() -> items.forEach(item -> job.accept(scans, item))));
            }
        });
        try {
            for (Future<?> task : running) {
                task.get();
            }
        } catch (InterruptedException e) {
            running.forEach(task -> task.cancel(true));
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "Inference of relationships was cancelled", e);
        } catch (ExecutionException e) {
            running.forEach(task -> task.cancel(true));
            throw new QueryException(
                    ErrorCode.INTERNAL_ERROR, "Relationships could not be inferred: " + e.getCause(), e);
        }
    }

    List<String> warnings() {
        return sources.values().stream().flatMap(s -> s.warnings().stream()).toList();
    }
}
