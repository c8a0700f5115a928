package io.calque.app.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, as the commands see them: what runs is stopped, then closed in order, and only then the process ends.
 * Thread-safe.
 */
public final class Interruption {
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Interrupts when the process is told to end, and lets it end once {@link #finished} was called or the time is over. */
    public void listen(Duration patience) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            interrupt();
                            awaitFinished(patience);
                        },
                        "calque-interruption"));
    }

    /** Stops what runs, newest first. Idempotent. */
    public void interrupt() {
        interrupted.countDown();
        for (Runnable stop : newestFirst()) {
            stop.run();
        }
    }

    public boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    /** Says that everything is closed. */
    public void finished() {
        finished.countDown();
    }

    /** Waits until {@link #interrupt} is called. */
    public void await() {
        try {
            interrupted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Calls {@code stop} when interrupted before the returned scope is closed.
     *
     * @param stop must return soon
     */
    public Scope stopping(Runnable stop) {
        synchronized (stops) {
            stops.push(stop);
        }
        return () -> {
            synchronized (stops) {
                stops.remove(stop);
            }
        };
    }

    private Deque<Runnable> newestFirst() {
        synchronized (stops) {
            return new ArrayDeque<>(stops);
        }
    }

    private void awaitFinished(Duration patience) {
        try {
            finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long a stop is registered. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
