package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.RowCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/** Joins the rows of the left side with those of the right one that are in memory. Single-threaded. */
final class JoinProbe implements RowCursor {
    private static final int BATCH_ROWS = 1024;

    /** Partners looked at between two questions whether to go on. */
    private static final int CHECKED_EVERY = 8192;

    private final JoinSides sides;
    private final OperatorResources resources;
    private final BuildSide right;
    private RowCursor left;
    private final RowKeys keys;
    private final boolean[] lonelyWhenNull;
    private final @Nullable Predicate2<Object, Object> condition;
    private final @Nullable BitSet leftMatched;
    private final StoredColumn[] stored;
    private final HashIndex index;
    private final @Nullable DenseKeys dense;
    private final int[] equalLeft;
    /** Whether every row found is passed on at once, and nothing else. */
    private final boolean plain;

    private @Nullable ColumnBatch batch;
    private long @Nullable [] words;
    private int[] leftOut = new int[BATCH_ROWS];
    private int[] rightOut = new int[BATCH_ROWS];
    private int row;
    private int candidate;
    private boolean inRow;
    private boolean found;
    private @Nullable Object leftRow;
    private long leftBase;
    private int alone;
    private int unchecked;

    /**
     * @param leftMatched by number, the left rows that have met one, where not all of the right side is here; null where it is
     */
    JoinProbe(
            JoinSides sides,
            OperatorResources resources,
            BuildSide right,
            RowCursor left,
            @Nullable BitSet leftMatched) {
        this.sides = sides;
        this.resources = resources;
        this.right = right;
        this.left = left;
        this.keys = sides.leftKeys();
        this.lonelyWhenNull = sides.lonelyWhenNull();
        this.condition = sides.condition();
        this.leftMatched = leftMatched;
        this.stored = right.keyColumns();
        this.index = right.index();
        this.dense = right.dense();
        this.equalLeft = sides.equalLeftColumns();
        this.plain = sides.isInner() && condition == null && leftMatched == null;
    }

    /** Goes on with other rows of the left side, once those before have all been joined. */
    void restart(RowCursor more) {
        left = more;
    }

    @Override
    public Optional<ColumnBatch> next() {
        while (true) {
            ColumnBatch reading = batch;
            if (reading != null) {
                int count = fill(reading);
                if (count > 0) {
                    return Optional.of(output(reading, count));
                }
                leftBase += reading.rows();
            }
            Optional<ColumnBatch> next = left.next();
            if (next.isEmpty()) {
                batch = null;
                return rightAlone();
            }
            begin(next.get());
        }
    }

    private void begin(ColumnBatch next) {
        batch = next;
        keys.load(next);
        words = keys.singleWords();
        row = 0;
        inRow = false;
        if (full() < next.rows()) {
            leftOut = new int[next.rows() + 1];
            rightOut = new int[next.rows() + 1];
        }
    }

    /** One place is left for a row that meets none. */
    private int full() {
        return leftOut.length - 1;
    }

    /** Goes on with the batch until the output is full; how many rows that are. */
    private int fill(ColumnBatch reading) {
        DenseKeys places = dense;
        long[] single = words;
        if (places != null && single != null && plain && row == 0) {
            return fillDense(places, single, reading.rows());
        }
        if (places == null && single != null && plain) {
            return fillPlain(single, reading.rows());
        }
        int count = 0;
        int rows = reading.rows();
        while (row < rows && count < full()) {
            if (!inRow) {
                inRow = true;
                found = false;
                leftRow = null;
                candidate = first();
            }
            while (candidate != HashIndex.NONE && count < full()) {
                int partner = candidate;
                candidate = places == null ? index.next(partner) : HashIndex.NONE;
                if (++unchecked == CHECKED_EVERY) {
                    unchecked = 0;
                    resources.checkRunning();
                }
                if (!meets(reading, partner)) {
                    continue;
                }
                found = true;
                if (sides.passesOnRightAlone()) {
                    right.match(partner);
                }
                if (sides.tests()) {
                    candidate = HashIndex.NONE;
                } else {
                    leftOut[count] = row;
                    rightOut[count++] = partner;
                }
            }
            if (candidate != HashIndex.NONE) {
                return count;
            }
            if (passesOn()) {
                leftOut[count] = row;
                rightOut[count++] = StoredColumn.NO_ROW;
            }
            inRow = false;
            row++;
        }
        return count;
    }

    /** All rows of the batch, each of which meets one at most. */
    private int fillDense(DenseKeys places, long[] single, int rows) {
        int[] lefts = leftOut;
        int[] rights = rightOut;
        int count = 0;
        for (int i = 0; i < rows; i++) {
            int partner = places.find(single[i]);
            lefts[count] = i;
            rights[count] = partner;
            count += partner == HashIndex.NONE ? 0 : 1;
        }
        row = rows;
        return count;
    }

    /** The rows of the batch until the output is full, with nothing to look at but one word. */
    private int fillPlain(long[] single, int rows) {
        StoredWords column = (StoredWords) stored[0];
        int full = full();
        int count = 0;
        for (int i = row; i < rows; i++) {
            int partner = inRow ? candidate : index.first(keys.hash(i));
            inRow = false;
            long word = single[i];
            while (partner != HashIndex.NONE) {
                if (column.word(partner) == word && !column.isNull(partner)) {
                    if (count == full) {
                        row = i;
                        candidate = partner;
                        inRow = true;
                        return count;
                    }
                    leftOut[count] = i;
                    rightOut[count++] = partner;
                }
                partner = index.next(partner);
            }
        }
        row = rows;
        return count;
    }

    private int first() {
        if (keys.anyNull(row, lonelyWhenNull)) {
            return HashIndex.NONE;
        }
        DenseKeys places = dense;
        return places == null ? index.first(keys.hash(row)) : places.find(keys.word(row));
    }

    /** Whether the row, of which all partners are known, is passed on without one; remembers it where there is more to come. */
    private boolean passesOn() {
        BitSet marks = leftMatched;
        if (marks == null) {
            return found ? sides.tests() && sides.passesOnMatched() : sides.passesOnLeftAlone();
        }
        int number = Math.toIntExact(leftBase + row);
        boolean first = found && !marks.get(number);
        if (found) {
            marks.set(number);
        }
        return first && sides.tests() && sides.passesOnMatched();
    }

    private boolean meets(ColumnBatch reading, int partner) {
        long[] single = words;
        boolean equal = single == null
                ? index.hash(partner) == keys.hash(row) && keys.equal(row, stored, partner)
                : ((StoredWords) stored[0]).word(partner) == single[row] && !stored[0].isNull(partner);
        Predicate2<Object, Object> asked = condition;
        if (!equal || asked == null) {
            return equal;
        }
        return holds(asked, reading, partner);
    }

    /** A row of one column may be NULL; linq4j's type does not say so. */
    @SuppressWarnings("NullAway")
    private boolean holds(Predicate2<Object, Object> asked, ColumnBatch reading, int partner) {
        if (leftRow == null) {
            leftRow = sides.leftLayout().row(reading, row);
        }
        return asked.apply(leftRow, right.store().row(partner));
    }

    private ColumnBatch output(ColumnBatch reading, int count) {
        List<ColumnVector> columns = new ArrayList<>(
                isWhole(reading, count) ? reading.columns() : BatchPart.gather(reading, leftOut, count));
        if (sides.passesOnRight()) {
            for (int i = 0; i < equalLeft.length; i++) {
                columns.add(
                        equalLeft[i] < 0
                                ? right.store().column(i).gather(rightOut, 0, count)
                                : columns.get(equalLeft[i]));
            }
        }
        return new ColumnBatch(count, columns);
    }

    /** Most joins follow a foreign key: every row meets one, and the columns can stay as they are. */
    private boolean isWhole(ColumnBatch reading, int count) {
        if (count != reading.rows()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (leftOut[i] != i) {
                return false;
            }
        }
        return true;
    }

    private Optional<ColumnBatch> rightAlone() {
        if (!sides.passesOnRightAlone()) {
            return Optional.empty();
        }
        int count = 0;
        for (int next = right.nextAlone(alone);
                next < right.size() && count < BATCH_ROWS;
                next = right.nextAlone(alone)) {
            rightOut[count++] = next;
            alone = next + 1;
        }
        if (count == 0) {
            return Optional.empty();
        }
        List<ColumnVector> columns = sides.leftLayout().nulls(count);
        columns.addAll(right.store().gather(rightOut, 0, count).columns());
        return Optional.of(new ColumnBatch(count, columns));
    }

    @Override
    public void close() {
        left.close();
    }
}
