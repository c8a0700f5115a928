package io.calque.app.avatica;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a running query page by page; one batch and the page being made are all it holds. Single-threaded but for
 * {@link #cancel}.
 */
final class ResultCursor implements AutoCloseable {
    // a page that has rows does not wait longer for more, if it would have to wait: the first rows of a slow query are
    // worth more than a full page
    private static final long FILL_NANOS = 50_000_000L;

    private static final int FIRST_FRAME_SHIFT = 4;

    private final QueryRun run;
    private final Runnable onClose;
    private final List<DataType> types;
    private @Nullable ColumnBatch batch;
    private int position;
    private long offset;
    private boolean ended;
    private int frameBytes;
    private int frames;
    private final FrameDeflater deflater = new FrameDeflater();

    ResultCursor(QueryRun run, Runnable onClose) {
        this.run = run;
        this.onClose = onClose;
        this.types = run.columns().stream().map(ResultColumn::type).toList();
    }

    QueryRun run() {
        return run;
    }

    List<DataType> types() {
        return types;
    }

    /** How many rows were read. */
    long offset() {
        return offset;
    }

    FrameDeflater deflater() {
        return deflater;
    }

    /** What a frame of rows will take, going by the last one. */
    int frameBytes() {
        return frameBytes;
    }

    /**
     * How much the next frame is to take: the first is small, so that somebody sees rows soon, each further one four times as much as the one
     * before it, for whoever asks for many is not waiting for the first.
     *
     * @param most what it takes at most
     */
    long frameTarget(int most) {
        int shift = FIRST_FRAME_SHIFT - 2 * frames;
        frames++;
        return shift <= 0 ? most : Math.max(1, most >> shift);
    }

    void wrote(int bytes) {
        // some room to spare: growing the buffer costs more than leaving a part of it empty
        frameBytes = (int) Math.min(Integer.MAX_VALUE / 2, bytes * 9L / 8);
    }

    /** Whether the rows have ended, as far as is known. */
    boolean ended() {
        return ended;
    }

    /**
     * The next rows; none only at the end.
     *
     * @param maxRows at least 1
     * @param maxBytes roughly; one row may pass it
     */
    RowSlices next(int maxRows, long maxBytes) {
        RowSlices page = new RowSlices();
        long bytes = 0;
        long start = System.nanoTime();
        while (advance()) {
            ColumnBatch current = batch;
            if (current == null || page.rows() >= maxRows || bytes >= maxBytes) {
                break;
            }
            long perRow = Math.max(1, current.sizeInBytes() / Math.max(1, current.rows()));
            long fitting = Math.max(1, (maxBytes - bytes) / perRow);
            int take = (int) Math.min(Math.min(current.rows() - position, maxRows - page.rows()), fitting);
            page.add(current, position, position + take);
            position += take;
            offset += take;
            bytes += take * perRow;
            if (position == current.rows() && System.nanoTime() - start > FILL_NANOS && !run.comesAtOnce()) {
                break;
            }
        }
        return page;
    }

    /** Steps over rows that the client has already; fewer when the result is shorter. */
    void skip(long rows) {
        long left = rows;
        while (left > 0 && advance()) {
            ColumnBatch current = batch;
            if (current == null) {
                return;
            }
            int step = (int) Math.min(left, current.rows() - position);
            position += step;
            offset += step;
            left -= step;
        }
    }

    private boolean advance() {
        if (ended) {
            return false;
        }
        if (batch == null || position >= batch.rows()) {
            batch = run.next().orElse(null);
            position = 0;
            ended = batch == null;
        }
        return !ended;
    }

    void cancel() {
        run.cancel();
    }

    @Override
    public void close() {
        onClose.run();
        run.close();
    }
}
