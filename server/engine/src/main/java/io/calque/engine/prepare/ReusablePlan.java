package io.calque.engine.prepare;

import io.calque.spi.type.DataType;
import java.util.List;

/**
 * A plan, and what its question marks stand for where they are not the client's. Immutable.
 *
 * @param query the plan
 * @param constants of the statement, in the order of the plan's parameters; empty where the parameters are the client's own
 */
public record ReusablePlan(PlannedQuery query, List<Object> constants) {
    public ReusablePlan {
        constants = List.copyOf(constants);
    }

    static ReusablePlan exact(PlannedQuery query) {
        return new ReusablePlan(query, List.of());
    }

    /** Types of the client's question marks. */
    public List<DataType> parameters() {
        return constants.isEmpty() ? query.parameters() : List.of();
    }
}
