package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan;
import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.BooleanVector;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The groups in memory with what is computed of them. Single-threaded. */
final class Groups {
    /** For a row whose group is not here. */
    static final int ELSEWHERE = -1;
    /** For a row whose group belongs to another share. */
    static final int OTHER_SHARE = -2;

    private final AggregatePlan plan;
    private final RowKeys keys;
    private final int[] keyColumns;
    private final List<StoredColumn> stored = new ArrayList<>();
    private final StoredColumn[] storedArray;
    private final HashIndex index = new HashIndex();
    private final List<Accumulator> accumulators = new ArrayList<>();
    private int[] groups = new int[0];
    private int[] filtered = new int[0];
    private final int share;
    private final int shares;
    private boolean full;

    Groups(RowLayout input, AggregatePlan plan) {
        this(input, plan, 0, 1);
    }

    /**
     * @param share which groups belong here, by their hashes
     * @param shares of how many
     */
    Groups(RowLayout input, AggregatePlan plan, int share, int shares) {
        this.plan = plan;
        this.share = share;
        this.shares = shares;
        this.keyColumns = plan.keys().stream().mapToInt(key -> key).toArray();
        this.keys = new RowKeys(input, keyColumns);
        for (int key : keyColumns) {
            ValueKind kind = plan.columns().get(key);
            stored.add(kind.isWord() ? new StoredWords(kind) : new StoredObjects());
        }
        this.storedArray = stored.toArray(new StoredColumn[0]);
        plan.calls().forEach(call -> accumulators.add(Accumulator.of(call)));
        if (keyColumns.length == 0) {
            index.add(0);
            accumulators.forEach(accumulator -> accumulator.groups(1));
        }
    }

    /** From now on no group is added. */
    void close() {
        full = true;
    }

    boolean isClosed() {
        return full;
    }

    int size() {
        return index.size();
    }

    /** Adds the rows whose groups are here, or may be made; tells of each row where it went. */
    int[] add(ColumnBatch batch) {
        int rows = batch.rows();
        if (groups.length < rows) {
            groups = new int[rows];
        }
        if (keyColumns.length == 0) {
            Arrays.fill(groups, 0, rows, 0);
        } else {
            find(batch, rows);
        }
        for (int i = 0; i < accumulators.size(); i++) {
            Accumulator accumulator = accumulators.get(i);
            Call call = plan.calls().get(i);
            accumulator.groups(index.size());
            accumulator.add(batch, call.filter().isPresent() ? filtered(batch, call, rows) : groups);
        }
        return groups;
    }

    private void find(ColumnBatch batch, int rows) {
        keys.load(batch);
        long[] words = keys.singleWords();
        if (words != null) {
            findWords(batch, words, rows);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int hash = keys.hash(row);
            if (!isMine(hash)) {
                groups[row] = OTHER_SHARE;
                continue;
            }
            int group = index.first(hash);
            while (group != HashIndex.NONE && (index.hash(group) != hash || !keys.equal(row, storedArray, group))) {
                group = index.next(group);
            }
            groups[row] = group == HashIndex.NONE ? added(batch, row, hash) : group;
        }
    }

    private void findWords(ColumnBatch batch, long[] words, int rows) {
        StoredWords column = (StoredWords) storedArray[0];
        for (int row = 0; row < rows; row++) {
            int hash = keys.hash(row);
            if (!isMine(hash)) {
                groups[row] = OTHER_SHARE;
                continue;
            }
            int group = index.first(hash);
            while (group != HashIndex.NONE && (column.word(group) != words[row] || column.isNull(group))) {
                group = index.next(group);
            }
            groups[row] = group == HashIndex.NONE ? added(batch, row, hash) : group;
        }
    }

    /** By the higher bits: the lower ones find the slot. */
    private boolean isMine(int hash) {
        return shares == 1 || (int) ((hash >>> 8) * (long) shares >>> 24) == share;
    }

    private int added(ColumnBatch batch, int row, int hash) {
        if (full) {
            return ELSEWHERE;
        }
        int[] one = {row};
        for (int key = 0; key < keyColumns.length; key++) {
            storedArray[key].append(batch.columns().get(keyColumns[key]), one, 1);
        }
        return index.add(hash);
    }

    private int[] filtered(ColumnBatch batch, Call call, int rows) {
        if (filtered.length < rows) {
            filtered = new int[rows];
        }
        BooleanVector filter = (BooleanVector) batch.columns().get(call.filter().getAsInt());
        for (int row = 0; row < rows; row++) {
            filtered[row] = !filter.isNull(row) && filter.value(row) ? groups[row] : ELSEWHERE;
        }
        return filtered;
    }

    /** The hash of a row of the batch that was added last. */
    int hash(int row) {
        return keys.hash(row);
    }

    /** The results of the groups from {@code from} on, in the order of their coming. */
    ColumnBatch results(int from, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        List<ColumnVector> columns = new ArrayList<>();
        stored.forEach(column -> columns.add(column.gather(rows, 0, count)));
        accumulators.forEach(accumulator -> columns.add(accumulator.results(from, count)));
        return new ColumnBatch(count, columns);
    }

    long bytes() {
        long bytes = index.bytes();
        for (StoredColumn column : stored) {
            bytes += column.bytes();
        }
        for (Accumulator accumulator : accumulators) {
            bytes += accumulator.bytes();
        }
        return bytes;
    }
}
