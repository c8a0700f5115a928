package io.calque.planner.lowering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;

/** Sorting at run time. Holds all rows, or with a limit no more than offset + limit of them. Stateless. */
public final class SortedRows {
    /** Beyond this many rows a heap is slower than sorting everything once. */
    private static final long HEAP_LIMIT = 1 << 20;

    private SortedRows() {}

    /** A queue takes no null, and the row of one column that is NULL is one. */
    private record Held<T>(T row) {}

    /**
     * Called from generated code. Nothing is read before the first row is asked for.
     *
     * @param context of the running query: its cancel flag also ends the sorting of rows that have all arrived
     * @param limit -1 for none
     */
    public static <T> Enumerable<T> sort(
            Enumerable<T> rows, Comparator<T> order, DataContext context, long offset, long limit) {
        Object flag = context.get(DataContext.Variable.CANCEL_FLAG.camelName);
        Comparator<T> stoppable = flag instanceof AtomicBoolean stopped ? new StoppableOrder<>(order, stopped) : order;
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<T> enumerator() {
                return Linq4j.enumerator(window(rows, stoppable, offset, limit));
            }
        };
    }

    private static <T> List<T> window(Enumerable<T> rows, Comparator<T> order, long offset, long limit) {
        if (limit == 0) {
            return List.of();
        }
        boolean bounded = limit > 0 && offset <= HEAP_LIMIT && limit <= HEAP_LIMIT;
        List<T> sorted = bounded ? smallest(rows, order, (int) (offset + limit)) : rows.toList();
        sorted.sort(order);
        int from = (int) Math.min(offset, sorted.size());
        int to = limit < 0 ? sorted.size() : (int) Math.min(from + limit, sorted.size());
        return sorted.subList(from, to);
    }

    /** The {@code count} first rows in {@code order}, in no order. */
    private static <T> List<T> smallest(Enumerable<T> input, Comparator<T> order, int count) {
        PriorityQueue<Held<T>> largestFirst = new PriorityQueue<>((a, b) -> order.compare(b.row(), a.row()));
        try (Enumerator<T> cursor = input.enumerator()) {
            while (cursor.moveNext()) {
                T row = cursor.current();
                if (largestFirst.size() < count) {
                    largestFirst.add(new Held<>(row));
                } else if (order.compare(row, largestFirst.element().row()) < 0) {
                    largestFirst.remove();
                    largestFirst.add(new Held<>(row));
                }
            }
        }
        List<T> rows = new ArrayList<>(largestFirst.size() + 1);
        largestFirst.forEach(held -> rows.add(held.row()));
        return rows;
    }
}
