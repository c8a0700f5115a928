package io.calque.engine.operator;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that some thread may do ahead of the one that needs it. Whoever asks for its result does it itself where nobody has begun, so
 * that no query ever waits for a thread that is not there.
 */
public final class Errand<T> implements Runnable {
    private final FutureTask<T> task;

    Errand(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    @Override
    public void run() {
        task.run();
    }

    /** What it gives, or the failure that it ended with. */
    T result() {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // it ends soon: whoever does it asks whether the query goes on
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Nobody needs it any more. */
    void forget() {
        task.cancel(false);
    }
}
