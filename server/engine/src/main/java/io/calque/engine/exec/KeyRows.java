package io.calque.engine.exec;

import java.util.Iterator;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose keys are collected as they pass. When a fetch needs the keys before all rows were read, the rest is read at once and kept
 * for whoever reads them. Belongs to the thread that pulls the query.
 */
final class KeyRows extends AbstractEnumerable<Object> {
    private final Enumerable<Object> rows;
    private final Function1<Object, Object> key;
    private final KeySet set;
    private final MemoryAccount memory;
    private @Nullable Enumerator<Object> reading;
    private @Nullable RowBuffer rest;
    private boolean begun;

    KeyRows(Enumerable<Object> rows, Function1<Object, Object> key, KeySet set, MemoryAccount memory) {
        this.rows = rows;
        this.key = key;
        this.set = set;
        this.memory = memory;
    }

    void readAll() {
        if (begun && reading == null) {
            // Somebody stopped reading before the end: what is left is not known.
            set.giveUp();
            return;
        }
        Enumerator<Object> from = reading == null ? rows.enumerator() : reading;
        RowBuffer read = new RowBuffer(memory);
        while (from.moveNext()) {
            Object row = from.current();
            set.add(key.apply(row));
            read.add(row);
        }
        from.close();
        set.complete();
        rest = read;
    }

    @Override
    public Enumerator<Object> enumerator() {
        if (begun) {
            // Another reading: its keys are those of the first.
            return rows.enumerator();
        }
        if (rest == null) {
            begun = true;
            reading = rows.enumerator();
        }
        return new Passing(rest == null ? null : rest.iterator());
    }

    /** The first reading; also a later one of rows that were all kept. */
    private final class Passing implements Enumerator<Object> {
        private @Nullable Iterator<Object> kept;
        private @Nullable Object row;

        Passing(@Nullable Iterator<Object> kept) {
            this.kept = kept;
        }

        /** A single column may be NULL; linq4j's type does not say so. */
        @Override
        @SuppressWarnings("NullAway")
        public Object current() {
            return row;
        }

        @Override
        public boolean moveNext() {
            if (kept == null && rest != null) {
                kept = rest.iterator();
            }
            if (kept != null) {
                boolean more = kept.hasNext();
                row = more ? kept.next() : null;
                return more;
            }
            Enumerator<Object> from = reading;
            if (from == null || !from.moveNext()) {
                if (from != null) {
                    set.complete();
                }
                return false;
            }
            row = from.current();
            set.add(key.apply(row));
            return true;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("rows with keys are read forwards only");
        }

        @Override
        public void close() {
            Enumerator<Object> from = reading;
            reading = null;
            if (from != null && rest == null) {
                from.close();
            }
        }
    }
}
