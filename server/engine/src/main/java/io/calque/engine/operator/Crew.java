package io.calque.engine.operator;

import java.util.concurrent.Callable;

/** Threads that work for a query's operators beside the one that pulls it. Thread-safe. */
public interface Crew {
    /** Nobody but the thread that pulls the query. */
    Crew ALONE = new Crew() {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void offer(Runnable work) {
            // whoever waits for it does it
        }
    };

    /** How many threads may work now, with the one that asks; at least 1. */
    int size();

    /** Work that a thread may take on; nobody has to. */
    void offer(Runnable work);

    /** Work that is begun by a thread that is free, at the latest by the one that asks for what it gives. */
    default <T> Errand<T> send(Callable<T> work) {
        Errand<T> errand = new Errand<>(work);
        offer(errand);
        return errand;
    }
}
