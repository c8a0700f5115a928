package io.calque.mongodb.inference;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Looks at collections in a few lanes until all are done or the time is over. Those never seen before come first, so that what
 * one run does not reach the next one does. Used once.
 */
final class ConcurrentLook {
    private final String name;
    private final int lanes;
    private final Duration time;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();

    ConcurrentLook(String name, int lanes, Duration time, Progress progress) {
        this.name = name;
        this.lanes = lanes;
        this.time = time;
        this.progress = progress;
    }

    /**
     * @param known collections that can wait
     * @return in the order given; empty for those that were not reached
     * @throws RuntimeException what {@code look} threw first; CANCELLED when this thread is interrupted
     */
    <T> List<Optional<T>> at(
            List<FoundCollection> collections, Predicate<FoundCollection> known, Function<FoundCollection, T> look) {
        AtomicReferenceArray<T> found = new AtomicReferenceArray<>(collections.size());
        Queue<Integer> waiting = new ConcurrentLinkedQueue<>(IntStream.range(0, collections.size())
                .boxed()
                .sorted(Comparator.comparing(i -> known.test(collections.get(i))))
                .toList());
        long deadline = System.nanoTime() + time.toNanos();
        Runnable lane = () -> {
            for (Integer i = waiting.poll(); i != null && System.nanoTime() - deadline < 0; i = waiting.poll()) {
                FoundCollection collection = collections.get(i);
                progress.report(done.get(), collections.size(), collection.database() + "." + collection.name());
                found.set(i, look.apply(collection));
                done.incrementAndGet();
            }
        };
        run(lane, waiting, Math.max(1, Math.min(lanes, collections.size())));
        progress.report(done.get(), collections.size(), "");
        return IntStream.range(0, collections.size())
                .mapToObj(i -> Optional.ofNullable(found.get(i)))
                .toList();
    }

    private void run(Runnable lane, Queue<Integer> waiting, int workers) {
        ExecutorService executor = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(executor.submit(lane));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "Interrupted while introspecting", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            waiting.clear();
            executor.shutdownNow();
        }
    }
}
