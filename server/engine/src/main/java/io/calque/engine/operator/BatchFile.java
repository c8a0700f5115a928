package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Batches on disk, in the order in which they were added; read as often as need be. Single-threaded. */
final class BatchFile implements AutoCloseable {
    private final RowLayout layout;
    private final SpillFile file;
    private final ByteBlock block = new ByteBlock();
    private final List<Long> starts = new ArrayList<>();
    private long rows;

    BatchFile(RowLayout layout, SpillFile file) {
        this.layout = layout;
        this.file = file;
    }

    void add(ColumnBatch batch) {
        block.clear();
        BatchCodec.write(batch, block);
        starts.add(file.append(block.written()));
        rows += batch.rows();
    }

    long rows() {
        return rows;
    }

    /** Closing the reading leaves the file. */
    RowCursor read() {
        return new RowCursor() {
            private int next;

            @Override
            public Optional<ColumnBatch> next() {
                if (next == starts.size()) {
                    return Optional.empty();
                }
                return Optional.of(batch(next++));
            }

            @Override
            public void close() {
                next = starts.size();
            }
        };
    }

    /** The batch that was added as this one, from 0. */
    ColumnBatch batch(int number) {
        long start = starts.get(number);
        long end = number + 1 == starts.size() ? file.size() : starts.get(number + 1);
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
        file.read(start, bytes);
        return BatchCodec.read(bytes, layout);
    }

    @Override
    public void close() {
        file.close();
    }
}
