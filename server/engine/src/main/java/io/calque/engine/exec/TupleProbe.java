package io.calque.engine.exec;

import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import java.util.List;

/** Whether the values of several columns may together be among keys that were not sent; as {@link KeyProbe} for one. Immutable. */
record TupleProbe(KeyBloom keys) {
    /** NULL in any of them meets no key. */
    boolean mayMeet(List<ColumnVector> columns, int row) {
        long combined = KeyBloom.NO_PARTS;
        for (ColumnVector column : columns) {
            if (column.isNull(row)) {
                return false;
            }
            if (column instanceof LongVector longs) {
                combined = KeyBloom.with(combined, KeyBloom.hash(longs.value(row)));
            } else if (column.get(row) instanceof String text) {
                combined = KeyBloom.with(combined, KeyBloom.hash(text));
            } else {
                return true;
            }
        }
        return keys.mayContain(combined);
    }
}
