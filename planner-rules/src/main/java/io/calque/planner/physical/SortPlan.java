package io.calque.planner.physical;

import java.util.List;

/**
 * A sort, as the engine runs it. Immutable.
 *
 * @param columns of its rows
 * @param keys first the most significant; not empty
 */
public record SortPlan(List<ValueKind> columns, List<Key> keys) {
    /** A column to sort by. */
    public record Key(int column, boolean descending, boolean nullsFirst) {}

    public SortPlan {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }
}
