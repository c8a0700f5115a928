package io.calque.benchmarks.measure;

/**
 * One measured thing beside the same thing done by a peer in the same run.
 *
 * @param name unique among the figures of a command
 * @param millis Calque's median
 * @param peerMillis the peer's median
 */
public record Figure(String name, double millis, double peerMillis) {
    /** Calque's time as a multiple of the peer's, in which the machine's speed cancels out. */
    public double ratio() {
        return millis / peerMillis;
    }
}
