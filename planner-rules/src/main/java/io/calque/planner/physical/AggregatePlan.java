package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A grouping, as the engine runs it. Immutable.
 *
 * @param columns of the rows that are grouped
 * @param keys columns to group by, in the order of the result; empty for one group of all rows
 * @param calls what is computed of each group
 */
public record AggregatePlan(List<ValueKind> columns, List<Integer> keys, List<Call> calls) {
    /** What is computed. */
    public enum Function {
        COUNT,
        SUM,
        /** A sum that is zero where there is no value. */
        SUM_OR_ZERO,
        MIN,
        MAX
    }

    /**
     * One computed column.
     *
     * @param argument rows where it is NULL do not count; without one all rows do
     * @param filter a BOOLEAN column: only rows where it is true count
     */
    public record Call(Function function, OptionalInt argument, OptionalInt filter, ValueKind result) {}

    public AggregatePlan {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
    }

    /** The columns of the result: keys, then calls. */
    public List<ValueKind> results() {
        List<ValueKind> results = new ArrayList<>();
        keys.forEach(key -> results.add(columns.get(key)));
        calls.forEach(call -> results.add(call.result()));
        return results;
    }
}
