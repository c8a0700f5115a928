package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Rows being sorted: those that came last in memory, those before in sorted runs on disk. Single-threaded.
 *
 * <p>Where only the first rows count, the others are dropped as soon as there are twice as many.
 */
final class SortedRuns implements AutoCloseable {
    /** Beside a row: its prefix in an array that may be twice as long, and what sorting needs. */
    private static final int ROW_BYTES = 32;
    /** With fewer rows dropping some is not worth it. */
    private static final int DROP_ABOVE = 16_384;

    private static final int BATCH_ROWS = 1024;
    private static final long BLOCK_BYTES = 16 * 1024;
    private static final int FEWEST_ROWS = 16;
    /** How many runs are merged at once, so that reading them takes little memory. */
    private static final int MERGED_AT_ONCE = 32;

    private final RowLayout layout;
    private final SortOrder order;
    private final OperatorResources resources;
    private final long wanted;
    private final Deque<BatchFile> runs = new ArrayDeque<>();
    private RowStore store;
    private long[] prefixes = new long[BATCH_ROWS];
    /** A row with a higher prefix is not among those wanted. */
    private long bound = Long.MAX_VALUE;

    private boolean closed;

    /**
     * @param wanted how many of the first rows count
     */
    SortedRuns(RowLayout layout, SortOrder order, OperatorResources resources, long wanted) {
        this.layout = layout;
        this.order = order;
        this.resources = resources;
        this.wanted = wanted;
        this.store = new RowStore(layout);
    }

    void add(ColumnBatch batch) {
        int at = store.size();
        if (at + batch.rows() > prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, Math.max(prefixes.length * 2, at + batch.rows()));
        }
        order.prefixes(batch, prefixes, at);
        if (bound == Long.MAX_VALUE) {
            store.append(batch);
        } else {
            appendBounded(batch, at);
        }
        if (store.size() >= DROP_ABOVE && store.size() / 2 >= wanted) {
            dropUnwanted();
        }
        if (!resources.hold(heldBytes())) {
            writeRun();
        }
    }

    private void appendBounded(ColumnBatch batch, int at) {
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (prefixes[at + row] <= bound) {
                prefixes[at + count] = prefixes[at + row];
                kept[count++] = row;
            }
        }
        store.append(batch, kept, count);
    }

    private long heldBytes() {
        return store.bytes() + (long) ROW_BYTES * store.size();
    }

    private int[] sortedRows() {
        int count = store.size();
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        SharedSort shared = new SharedSort(resources.crew(), this::sortTies);
        int[] sorted;
        if (shared.isWorth(count) && resources.hold(heldBytes() + (long) SharedSort.ROW_BYTES * count)) {
            sorted = shared.sort(prefixes, rows, count);
        } else {
            PrefixSort.Sorted alone = PrefixSort.sort(prefixes, rows, count);
            prefixes = alone.prefixes();
            sorted = alone.rows();
            sortTies(prefixes, sorted, count);
        }
        resources.hold(heldBytes());
        return sorted;
    }

    /** Rows of one prefix, in the order of all their keys. By any thread: nothing but the rows' order is changed. */
    private void sortTies(long[] sortedPrefixes, int[] rows, int count) {
        RowMergeSort ties =
                new RowMergeSort(rows, (row, other) -> order.compare(store, row, other), resources::checkRunning);
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && sortedPrefixes[to] == sortedPrefixes[from]) {
                to++;
            }
            if (to - from > 1 && !(order.isTold() && !SortOrder.isExtreme(sortedPrefixes[from]))) {
                ties.sort(from, to);
            }
            from = to;
        }
    }

    /** Afterwards the store holds only as many rows as are wanted. */
    private void dropUnwanted() {
        int[] rows = sortedRows();
        int count = (int) wanted;
        long[] keptPrefixes = Arrays.copyOf(prefixes, Math.max(BATCH_ROWS, count * 2));
        RowStore kept = new RowStore(layout);
        for (int at = 0; at < count; at += BATCH_ROWS) {
            kept.append(store.gather(rows, at, Math.min(BATCH_ROWS, count - at)));
        }
        bound = count == 0 ? Long.MIN_VALUE : prefixes[count - 1];
        store = kept;
        prefixes = keptPrefixes;
    }

    private void writeRun() {
        int[] rows = sortedRows();
        int count = (int) Math.min(wanted, store.size());
        long rowBytes = Math.max(1, store.bytes() / Math.max(1, store.size()));
        int blockRows = (int) Math.max(FEWEST_ROWS, Math.min(BATCH_ROWS, BLOCK_BYTES / rowBytes));
        BatchFile run = new BatchFile(layout, resources.newFile());
        runs.add(run);
        for (int at = 0; at < count; at += blockRows) {
            resources.checkRunning();
            run.add(store.gather(rows, at, Math.min(blockRows, count - at)));
        }
        store = new RowStore(layout);
        prefixes = new long[BATCH_ROWS];
        resources.hold(0);
    }

    /** All rows in order; nothing may be added any more. */
    RowCursor sorted() {
        if (runs.isEmpty()) {
            return new InMemory(sortedRows(), (int) Math.min(wanted, store.size()));
        }
        if (store.size() > 0) {
            writeRun();
        }
        mergeUntilFew();
        resources.hold(runs.size() * 3 * BLOCK_BYTES);
        return new RunMerge(layout, order, List.copyOf(runs), BATCH_ROWS);
    }

    /** The oldest runs become one, in their place, so that equal rows stay in the order of their coming. */
    private void mergeUntilFew() {
        while (runs.size() > MERGED_AT_ONCE) {
            Deque<BatchFile> longer = new ArrayDeque<>();
            while (!runs.isEmpty()) {
                List<BatchFile> few = new ArrayList<>();
                while (few.size() < MERGED_AT_ONCE && !runs.isEmpty()) {
                    few.add(runs.remove());
                }
                longer.add(merged(few));
            }
            runs.addAll(longer);
        }
    }

    private BatchFile merged(List<BatchFile> few) {
        if (few.size() == 1) {
            return few.get(0);
        }
        BatchFile merged = new BatchFile(layout, resources.newFile());
        RunMerge rows = new RunMerge(layout, order, few, BATCH_ROWS / 4);
        for (Optional<ColumnBatch> batch = rows.next();
                batch.isPresent() && merged.rows() < wanted;
                batch = rows.next()) {
            resources.checkRunning();
            merged.add(batch.get());
        }
        few.forEach(BatchFile::close);
        return merged;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            runs.forEach(BatchFile::close);
            store = new RowStore(layout);
            prefixes = new long[0];
            resources.hold(0);
        }
    }

    /** The rows of the store in order. */
    private final class InMemory implements RowCursor {
        private final int[] rows;
        private final int count;
        private int at;

        InMemory(int[] rows, int count) {
            this.rows = rows;
            this.count = count;
        }

        @Override
        public Optional<ColumnBatch> next() {
            if (at >= count || closed) {
                return Optional.empty();
            }
            int many = Math.min(BATCH_ROWS, count - at);
            ColumnBatch batch = store.gather(rows, at, many);
            at += many;
            return Optional.of(batch);
        }

        @Override
        public void close() {
            at = count;
        }
    }
}
