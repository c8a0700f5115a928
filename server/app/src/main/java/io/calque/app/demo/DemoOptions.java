package io.calque.app.demo;

/**
 * How the demo runs.
 *
 * @param port of the endpoint; 0 lets the system choose
 */
public record DemoOptions(int port, Afterwards afterwards) {
    /** What happens when the showcase is over. */
    public enum Afterwards {
        EXIT,
        SERVE,
        SHELL
    }
}
