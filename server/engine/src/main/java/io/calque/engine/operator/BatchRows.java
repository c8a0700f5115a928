package io.calque.engine.operator;

import io.calque.spi.source.RowCursor;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** Rows that can be read batch by batch as well as one by one, and more than once. */
public abstract class BatchRows extends AbstractEnumerable<Object> {
    private final RowLayout layout;

    protected BatchRows(RowLayout layout) {
        this.layout = layout;
    }

    public final RowLayout layout() {
        return layout;
    }

    /** A new reading. Nothing is computed before its first batch is asked for. */
    public abstract RowCursor batches();

    @Override
    public Enumerator<Object> enumerator() {
        return new RowsOfBatches(batches(), layout);
    }

    /** A reading of any rows, which are what {@code layout} says. */
    static RowCursor read(Enumerable<Object> rows, RowLayout layout) {
        return rows instanceof BatchRows batched && batched.layout.equals(layout)
                ? batched.batches()
                : new BatchesOfRows(rows, layout);
    }
}
