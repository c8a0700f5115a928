package io.calque.embedded;

/** A piece of work done when the JVM ends (normally or by a signal), unless it was cancelled before. Thread-safe. */
final class ExitHook {
    private final Thread thread;

    private ExitHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * Registers the work. When the JVM is already ending it deletes the directory, which was made for something that now
     * shall not start, and throws {@link IllegalStateException}.
     */
    static ExitHook register(String name, TemporaryDirectory directory, Runnable work) {
        Thread thread = new Thread(work, name);
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            directory.delete();
            throw e;
        }
        return new ExitHook(thread);
    }

    /** Forgets the work, so that a long-lived JVM does not collect hooks of things long closed. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs now, perhaps it is the caller, and its work is safe to repeat.
            return;
        }
    }
}
