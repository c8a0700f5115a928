package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.RowCursor;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The left rows that have met none, after all of the right side was looked at. Single-threaded. */
final class LeftAlone implements RowCursor {
    private final JoinSides sides;
    private final RowCursor left;
    private final BitSet matched;
    private int base;

    LeftAlone(JoinSides sides, RowCursor left, BitSet matched) {
        this.sides = sides;
        this.left = left;
        this.matched = matched;
    }

    @Override
    public Optional<ColumnBatch> next() {
        for (Optional<ColumnBatch> batch = left.next(); batch.isPresent(); batch = left.next()) {
            int[] rows = new int[batch.get().rows()];
            int count = 0;
            for (int row = 0; row < rows.length; row++) {
                if (!matched.get(base + row)) {
                    rows[count++] = row;
                }
            }
            base += rows.length;
            if (count > 0) {
                List<ColumnVector> columns = BatchPart.gather(batch.get(), rows, count);
                if (sides.passesOnRight()) {
                    columns.addAll(sides.rightLayout().nulls(count));
                }
                return Optional.of(new ColumnBatch(count, columns));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        left.close();
    }
}
