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
    private final RowCursor left;
    private final RowKeys keys;
    private final boolean[] lonelyWhenNull;
    private final @Nullable Predicate2<Object, Object> condition;
    private final @Nullable BitSet leftMatched;
    private final StoredColumn[] stored;
    private final HashIndex index;

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
        int count = 0;
        int rows = reading.rows();
        while (row < rows && count < full()) {
            if (!inRow) {
                inRow = true;
                found = false;
                leftRow = null;
                candidate = keys.anyNull(row, lonelyWhenNull) ? HashIndex.NONE : index.first(keys.hash(row));
            }
            while (candidate != HashIndex.NONE && count < full()) {
                int partner = candidate;
                candidate = index.next(partner);
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
            columns.addAll(right.store().gather(rightOut, 0, count).columns());
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
