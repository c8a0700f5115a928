package io.calque.planner.physical;

import java.util.List;

/**
 * Rows that several operators read, as the engine keeps them. Immutable.
 *
 * @param number of the part in its plan, from 0
 * @param columns of its rows
 */
public record SharePlan(int number, List<ValueKind> columns) {
    public SharePlan {
        columns = List.copyOf(columns);
    }
}
