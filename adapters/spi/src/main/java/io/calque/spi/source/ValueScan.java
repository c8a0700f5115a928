package io.calque.spi.source;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the values of some columns came to.
 *
 * @param rows rows handed out
 * @param coverage whether those are all rows of the table
 */
public record ValueScan(long rows, Coverage coverage) {
    /** Nothing was read. */
    public static final ValueScan UNSUPPORTED = new ValueScan(0, Coverage.UNSUPPORTED);

    /** How much of a table was seen. */
    public enum Coverage {
        COMPLETE,
        PARTIAL,
        /** The adapter hands out no values. */
        UNSUPPORTED
    }

    /** Takes rows one at a time, on the thread that scans. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param values in the order asked for; null for NULL; the array is used again for the next row
         */
        void row(@Nullable String[] values);
    }
}
