package io.calque.engine.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * Runs one query's fetches from one source on the permits it holds there. Thread-safe.
 *
 * <p>When an operator asks for a fetch that has not started because slower readers hold every permit, those are told to run on
 * without bound: they end, and the asked one starts. So a query never waits for itself.
 */
final class SourceSlots {
    private final Executor executor;
    private final IntConsumer giveBack;
    private final Runnable allRead;
    private final Deque<FragmentRead> waiting = new ArrayDeque<>();
    /** Fetches that wait for keys. */
    private final Set<FragmentRead> keyed = new HashSet<>();

    private final List<FragmentRead> running = new ArrayList<>();
    private final Set<FragmentRead> asked = new HashSet<>();
    private int permits;
    private boolean pressed;
    private final long startedNanos = System.nanoTime();

    /**
     * @param permits held for this query, at least 1
     * @param giveBack takes permits that are not needed any more
     * @param allRead told once every fetch has ended, before the last permit is given back
     */
    SourceSlots(int permits, List<FragmentRead> fragments, Executor executor, IntConsumer giveBack, Runnable allRead) {
        this.permits = permits;
        this.executor = executor;
        this.giveBack = giveBack;
        this.allRead = allRead;
        fragments.forEach(fragment -> (fragment.isReady() ? waiting : keyed).add(fragment));
    }

    synchronized void start() {
        while (running.size() < permits && !waiting.isEmpty()) {
            launch(waiting.poll());
        }
    }

    /** The keys that {@code fragment} waited for are known. */
    synchronized void ready(FragmentRead fragment) {
        if (keyed.remove(fragment)) {
            waiting.add(fragment);
            start();
        }
    }

    /** An operator is about to read {@code fragment}. */
    synchronized void ask(FragmentRead fragment) {
        if (!waiting.remove(fragment) && !keyed.remove(fragment)) {
            return;
        }
        if (running.size() < permits) {
            launch(fragment);
            return;
        }
        waiting.addFirst(fragment);
        asked.add(fragment);
        running.forEach(FragmentRead::unbound);
    }

    /** Other queries wait for permits of this source. */
    synchronized void press() {
        pressed = true;
        running.forEach(FragmentRead::press);
        giveBackIdle();
    }

    private void launch(FragmentRead fragment) {
        fragment.counters().waitedForPermit(System.nanoTime() - startedNanos);
        running.add(fragment);
        if (pressed) {
            fragment.press();
        }
        executor.execute(() -> {
            try {
                fragment.run();
            } finally {
                finished(fragment);
            }
        });
    }

    private synchronized void finished(FragmentRead fragment) {
        running.remove(fragment);
        asked.remove(fragment);
        if (!waiting.isEmpty()) {
            launch(waiting.poll());
            if (!asked.isEmpty() && running.size() >= permits) {
                running.forEach(FragmentRead::unbound);
            }
            return;
        }
        if (running.isEmpty() && keyed.isEmpty()) {
            allRead.run();
        }
        giveBackIdle();
    }

    /** Fetches that wait for keys keep a permit each, so that the query never waits for one while it holds others; one when pressed. */
    private void giveBackIdle() {
        int needed = running.size() + (pressed ? Math.min(1, keyed.size()) : keyed.size());
        int idle = permits - needed;
        if (waiting.isEmpty() && idle > 0) {
            permits = needed;
            giveBack.accept(idle);
        }
    }

    /** Forgets what has not started; what runs gives its permits back when it ends. */
    synchronized void abandonWaiting() {
        waiting.clear();
        keyed.clear();
        int idle = permits - running.size();
        if (idle > 0) {
            permits -= idle;
            giveBack.accept(idle);
        }
    }
}
