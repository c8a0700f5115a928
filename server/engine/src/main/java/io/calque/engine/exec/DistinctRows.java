package io.calque.engine.exec;

import io.calque.engine.operator.ValueSizes;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.jspecify.annotations.Nullable;

/** Each row once, as it comes first; what is remembered is charged to the query. Belongs to the thread that pulls the query. */
final class DistinctRows extends AbstractEnumerable<Object> {
    /** An entry of the set, with the row's wrapper. */
    private static final int ENTRY_BYTES = 64;

    private final Enumerable<Object> rows;
    private final @Nullable EqualityComparer<Object> comparer;
    private final MemoryCharge charge;

    /**
     * @param comparer null where rows know when they are equal
     */
    DistinctRows(Enumerable<Object> rows, @Nullable EqualityComparer<Object> comparer, MemoryCharge charge) {
        this.rows = rows;
        this.comparer = comparer;
        this.charge = charge;
    }

    @Override
    public Enumerator<Object> enumerator() {
        charge.release();
        Enumerator<Object> from = rows.enumerator();
        Set<@Nullable Object> seen = new HashSet<>();
        return new Enumerator<>() {
            @Override
            public Object current() {
                return from.current();
            }

            @Override
            public boolean moveNext() {
                while (from.moveNext()) {
                    Object row = from.current();
                    if (seen.add(comparer == null ? row : new Compared(row, comparer))) {
                        charge.add(ValueSizes.of(row) + ENTRY_BYTES);
                        return true;
                    }
                }
                return false;
            }

            @Override
            public void reset() {
                throw new UnsupportedOperationException("distinct rows are read forwards only");
            }

            @Override
            public void close() {
                from.close();
                seen.clear();
            }
        };
    }

    /** A row that is equal as the comparer says. */
    private record Compared(Object row, EqualityComparer<Object> comparer) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Compared that && comparer.equal(row, that.row);
        }

        @Override
        public int hashCode() {
            return comparer.hashCode(row);
        }
    }
}
