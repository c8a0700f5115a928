package io.calque.app.cli;

/** What the process ends with. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** {@code calque drift --fail-on} found what it was to look for. */
    public static final int DRIFTED = 3;
    /** 128 + SIGPIPE: what a shell reports of a tool whose reader went away. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
