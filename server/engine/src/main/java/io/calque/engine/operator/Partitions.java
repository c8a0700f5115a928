package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows divided among files by their hashes: equal keys share a file. Single-threaded. */
final class Partitions {
    static final int COUNT = 32;
    private static final int BITS = 5;
    private static final int MOST_ROWS = 512;
    private static final int FEWEST_ROWS = 16;
    private static final long BLOCK_BYTES = 16 * 1024;

    private final RowLayout layout;
    private final OperatorResources resources;
    private final int depth;
    private final @Nullable BatchFile[] files = new BatchFile[COUNT];
    private final List<List<ColumnBuilder>> waiting = new ArrayList<>();
    private final int[] waitingRows = new int[COUNT];
    private int blockRows;

    /**
     * @param depth how often these rows were divided before: each time by other bits
     */
    Partitions(RowLayout layout, OperatorResources resources, int depth) {
        this.layout = layout;
        this.resources = resources;
        this.depth = depth;
        for (int i = 0; i < COUNT; i++) {
            waiting.add(List.of());
        }
    }

    int of(int hash) {
        long mixed = (hash + 0x632BE59BL * (depth + 1)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> Long.SIZE - BITS);
    }

    void add(ColumnBatch batch, int row, int partition) {
        if (waiting.get(partition).isEmpty() && waitingRows[partition] == 0) {
            if (blockRows == 0) {
                long rowBytes = Math.max(1, batch.sizeInBytes() / Math.max(1, batch.rows()));
                blockRows = (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, BLOCK_BYTES / rowBytes));
            }
            waiting.set(partition, layout.builders(blockRows));
        }
        BatchRowCopy.append(batch, row, waiting.get(partition));
        if (++waitingRows[partition] == blockRows) {
            write(partition);
        }
    }

    private void write(int partition) {
        BatchFile file = files[partition];
        if (file == null) {
            file = new BatchFile(layout, resources.newFile());
            files[partition] = file;
        }
        resources.checkRunning();
        int rows = waitingRows[partition];
        file.add(new ColumnBatch(
                rows, waiting.get(partition).stream().map(ColumnBuilder::build).toList()));
        waitingRows[partition] = 0;
    }

    /** The files, by partition; null where there is no row. Nothing may be added any more. */
    @Nullable BatchFile[] finish() {
        for (int partition = 0; partition < COUNT; partition++) {
            if (waitingRows[partition] > 0) {
                write(partition);
            }
            waiting.set(partition, List.of());
        }
        return Arrays.copyOf(files, COUNT);
    }

    void close() {
        for (BatchFile file : files) {
            if (file != null) {
                file.close();
            }
        }
    }
}
