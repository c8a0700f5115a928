package io.calque.registry.introspect;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Tasks of one source, each ended by interruption when its time is over. Thread-safe. */
final class BoundedTasks {
    private final ExecutorService executor;
    private final Queue<Future<?>> started = new ConcurrentLinkedQueue<>();

    BoundedTasks(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Runs {@code work} on the executor.
     *
     * @param limit counted from the moment the work begins: waiting for a thread costs the source nothing
     * @return fails with a {@link TimeoutException} when the limit passes, even when the work ignores its interrupt
     */
    <T> CompletableFuture<T> run(Duration limit, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> task;
        try {
            task = executor.submit(() -> {
                if (result.isDone()) {
                    return;
                }
                result.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
                try {
                    result.complete(work.get());
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    new QueryException(ErrorCode.SHUTTING_DOWN, "Calque is stopping; introspection did not begin", e));
            return result;
        }
        started.add(task);
        result.whenComplete((value, failure) -> {
            if (failure instanceof TimeoutException) {
                task.cancel(true);
            }
        });
        return result;
    }

    /** Interrupts whatever still runs. */
    void stop() {
        started.forEach(task -> task.cancel(true));
    }
}
