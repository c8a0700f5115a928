package io.calque.engine.operator;

/** What one operator of a running query may take. Belongs to the thread that pulls the query. */
public interface OperatorResources {
    /**
     * States that the operator now holds so many bytes, be it more or fewer than before.
     *
     * @return false when that is more than it may: it has to put something on disk and say how much is left
     * @throws io.calque.spi.QueryException OUT_OF_MEMORY when not even the little that every operator needs is there
     */
    boolean hold(long bytes);

    /** A new file that goes away when it is closed, at the latest with the query. */
    SpillFile newFile();

    /**
     * @throws io.calque.spi.QueryException CANCELLED
     */
    void checkRunning();

    /** Who may work beside the thread that pulls the query. What it does may only call {@link #checkRunning}. */
    Crew crew();
}
