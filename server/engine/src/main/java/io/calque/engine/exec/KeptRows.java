package io.calque.engine.exec;

import io.calque.engine.operator.ValueSizes;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** Rows that an operator keeps, charged to the query as they come. Belongs to the thread that pulls the query. */
final class KeptRows extends AbstractEnumerable<Object> {
    /** Every row is charged, but only one in so many is measured. */
    private static final int MEASURED_EVERY = 8;

    private final Enumerable<Object> rows;
    private final MemoryCharge charge;
    private final int overheadBytes;

    KeptRows(Enumerable<Object> rows, MemoryCharge charge, int overheadBytes) {
        this.rows = rows;
        this.charge = charge;
        this.overheadBytes = overheadBytes;
    }

    @Override
    public Enumerator<Object> enumerator() {
        // what an earlier reading kept is replaced by this one
        charge.release();
        Enumerator<Object> from = rows.enumerator();
        return new Enumerator<>() {
            private long row;
            private long rowBytes;

            @Override
            public Object current() {
                return from.current();
            }

            @Override
            public boolean moveNext() {
                if (!from.moveNext()) {
                    return false;
                }
                if (row++ % MEASURED_EVERY == 0) {
                    rowBytes = ValueSizes.of(from.current()) + overheadBytes;
                }
                charge.add(rowBytes);
                return true;
            }

            @Override
            public void reset() {
                from.reset();
            }

            @Override
            public void close() {
                from.close();
            }
        };
    }
}
