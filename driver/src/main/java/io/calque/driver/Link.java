package io.calque.driver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;

/** How fast the way to a server is, going by the larger responses that came over it. Thread-safe. */
final class Link {
    /** About as fast as one core compresses and another one expands; a way that is faster gains nothing. */
    private static final double FAST_BYTES_PER_NANO = 0.03;

    /** What is smaller arrives with the response's head. */
    private static final int LEAST_BYTES = 64 * 1024;

    private enum Compression {
        AUTO,
        ON,
        OFF
    }

    private final Compression compression;
    private final String host;
    // of the last responses, the newest counting most; 0 before the first
    private double bytesPerNano;
    private Boolean loopback;

    private Link(Compression compression, String host) {
        this.compression = compression;
        this.host = host;
    }

    static Link to(ConnectionUrl target) throws SQLException {
        String value = target.get(Option.COMPRESSION);
        try {
            return new Link(Compression.valueOf(value.toUpperCase(Locale.ROOT)), target.host());
        } catch (IllegalArgumentException e) {
            throw new SQLNonTransientConnectionException(
                    "Property " + Option.COMPRESSION.key() + " takes auto, on or off, not '" + value + "'", "08001", e);
        }
    }

    synchronized void carried(int bytes, long nanos) {
        if (bytes >= LEAST_BYTES) {
            double rate = bytes / (double) Math.max(1, nanos);
            bytesPerNano = bytesPerNano == 0 ? rate : (bytesPerNano * 3 + rate) / 4;
        }
    }

    synchronized boolean isSlow() {
        if (compression != Compression.AUTO) {
            return compression == Compression.ON;
        }
        // within one machine a slow response says that its processors are busy: they need no further work
        return bytesPerNano > 0 && bytesPerNano < FAST_BYTES_PER_NANO && !isLoopback();
    }

    private boolean isLoopback() {
        if (loopback == null) {
            try {
                loopback = InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                loopback = false;
            }
        }
        return loopback;
    }
}
