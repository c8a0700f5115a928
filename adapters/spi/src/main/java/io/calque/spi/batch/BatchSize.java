package io.calque.spi.batch;

/**
 * How many rows the next batch of a stream takes: few at first, so that the first rows come soon, then twice as many each time, up to about as many
 * as take a quarter of a megabyte: more would not be read any faster, and wide rows would fill the memory. Single-threaded.
 */
public final class BatchSize {
    /** A batch that has some rows and has taken so long is passed on as it is: rows that come slowly are wanted soon, too. */
    public static final long SOON_NANOS = 100_000_000L;

    private static final int FIRST_ROWS = 256;
    private static final int FEWEST_ROWS = 16;
    private static final long BYTES = 256 * 1024;

    private final int most;
    private int rows;

    /**
     * @param most rows in any batch, at least 1
     */
    public BatchSize(int most) {
        this.most = most;
        this.rows = Math.min(most, FIRST_ROWS);
    }

    public int rows() {
        return rows;
    }

    /** The batch that was made last. */
    public void made(ColumnBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        long perRow = Math.max(1, batch.sizeInBytes() / batch.rows());
        long fitting = Math.max(FEWEST_ROWS, BYTES / perRow);
        // a batch that ended early says how wide rows are, not that more of them come
        long grown = batch.rows() < rows ? rows : 2L * rows;
        rows = (int) Math.min(most, Math.min(fitting, grown));
    }
}
