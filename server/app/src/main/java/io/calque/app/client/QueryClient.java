package io.calque.app.client;

/** Runs statements, one at a time. Single-threaded, but for {@link #cancel}. */
public interface QueryClient extends AutoCloseable {
    /**
     * Starts a statement.
     *
     * @throws StatementFailedException with the SQLSTATE of whatever keeps it from starting
     */
    Answer run(String sql);

    /** Stops the running statement, from any thread; without one, nothing happens. */
    void cancel();

    /** Ends the session. Idempotent; never throws. */
    @Override
    void close();
}
