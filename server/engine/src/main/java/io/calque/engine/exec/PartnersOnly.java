package io.calque.engine.exec;

import io.calque.engine.operator.BatchPart;
import io.calque.spi.batch.ColumnBatch;
import java.util.List;

/**
 * Leaves rows out of arriving batches that meet no key of a set which their source was not sent: they would meet no partner in the join above.
 * Single-threaded.
 */
final class PartnersOnly {
    /** After so many rows it is known whether looking at them is worth it. */
    private static final long SEEN_ENOUGH = 8_192;

    private static final double MOST_KEPT = 0.9;

    /** Some columns and their keys. */
    @FunctionalInterface
    interface Lookup {
        boolean mayMeet(ColumnBatch batch, int row);
    }

    private final List<Lookup> lookups;
    private long seen;
    private long kept;

    PartnersOnly(List<Lookup> lookups) {
        this.lookups = List.copyOf(lookups);
    }

    /** The batch itself where all its rows stay; it may be empty. */
    ColumnBatch of(ColumnBatch batch) {
        if (lookups.isEmpty() || seen >= SEEN_ENOUGH && kept > seen * MOST_KEPT) {
            return batch;
        }
        int rows = batch.rows();
        int[] staying = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            staying[count] = row;
            count += meets(batch, row) ? 1 : 0;
        }
        seen += rows;
        kept += count;
        return count == rows ? batch : new ColumnBatch(count, BatchPart.gather(batch, staying, count));
    }

    private boolean meets(ColumnBatch batch, int row) {
        for (Lookup lookup : lookups) {
            if (!lookup.mayMeet(batch, row)) {
                return false;
            }
        }
        return true;
    }
}
