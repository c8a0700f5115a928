package io.calque.engine.exec;

import io.calque.engine.operator.ValueSizes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Rows kept in memory and charged to the query until it ends. Belongs to the thread that pulls the query. */
final class RowBuffer {
    /** Taken from the account at once. */
    static final long CHARGED_AT_ONCE = 64 * 1024;

    private static final int SLOT_BYTES = 8;

    private final MemoryAccount memory;
    private final List<Object> rows = new ArrayList<>();
    private long uncharged;

    RowBuffer(MemoryAccount memory) {
        this.memory = memory;
    }

    void add(Object row) {
        rows.add(row);
        uncharged += SLOT_BYTES + ValueSizes.of(row);
        if (uncharged >= CHARGED_AT_ONCE) {
            memory.reserve(uncharged);
            uncharged = 0;
        }
    }

    Iterator<Object> iterator() {
        return rows.iterator();
    }
}
