package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.RowCursor;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Sorted runs as one; of equal rows those of the earlier run come first. Single-threaded; closing it leaves the runs. */
final class RunMerge implements RowCursor {
    private final RowLayout layout;
    private final SortOrder order;
    private final int batchRows;
    private final PriorityQueue<Run> least;

    RunMerge(RowLayout layout, SortOrder order, List<BatchFile> runs, int batchRows) {
        this.layout = layout;
        this.order = order;
        this.batchRows = batchRows;
        this.least = new PriorityQueue<>(Math.max(1, runs.size()), this::compare);
        for (int i = 0; i < runs.size(); i++) {
            RowCursor blocks = runs.get(i).read();
            Optional<ColumnBatch> first = blocks.next();
            if (first.isPresent()) {
                least.add(new Run(i, blocks, first.get()));
            }
        }
    }

    private int compare(Run run, Run other) {
        int byPrefix = Long.compare(run.prefixes[run.row], other.prefixes[other.row]);
        if (byPrefix != 0) {
            return byPrefix;
        }
        int byKeys = order.compare(run.batch, run.row, other.batch, other.row);
        return byKeys != 0 ? byKeys : Integer.compare(run.number, other.number);
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (least.isEmpty()) {
            return Optional.empty();
        }
        List<ColumnBuilder> builders = layout.builders(batchRows);
        int count = 0;
        while (count < batchRows && !least.isEmpty()) {
            Run run = least.remove();
            Run second = least.peek();
            // a run is read on while it has the least row: rows that came nearly in order need no queue
            do {
                BatchRowCopy.append(run.batch, run.row, builders);
                count++;
            } while (run.advance() && count < batchRows && (second == null || compare(run, second) <= 0));
            if (!run.ended) {
                least.add(run);
            }
        }
        return Optional.of(new ColumnBatch(
                count, builders.stream().map(ColumnBuilder::build).toList()));
    }

    @Override
    public void close() {
        least.clear();
    }

    /** One run and the place to which it is read. */
    private final class Run {
        private final int number;
        private final RowCursor blocks;
        private ColumnBatch batch;
        private long[] prefixes;
        private int row;
        private boolean ended;

        Run(int number, RowCursor blocks, ColumnBatch first) {
            this.number = number;
            this.blocks = blocks;
            this.batch = first;
            this.prefixes = prefixes(first);
        }

        private long[] prefixes(ColumnBatch of) {
            long[] read = new long[of.rows()];
            order.prefixes(of, read, 0);
            return read;
        }

        /** False at the end. */
        boolean advance() {
            row++;
            if (row < batch.rows()) {
                return true;
            }
            Optional<ColumnBatch> next = blocks.next();
            if (next.isEmpty()) {
                ended = true;
                return false;
            }
            batch = next.get();
            prefixes = prefixes(batch);
            row = 0;
            return true;
        }
    }
}
