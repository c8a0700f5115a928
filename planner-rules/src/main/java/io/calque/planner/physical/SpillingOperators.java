package io.calque.planner.physical;

import io.calque.planner.lowering.CodePointSort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.rel.RelNode;

/**
 * Puts our own operators in the place of stock ones that do the same and hold everything in memory. The last step of planning: what is
 * chosen, and what EXPLAIN shows, does not change by it. Stateless.
 */
public final class SpillingOperators {
    private SpillingOperators() {}

    /** The same plan with our operators wherever there is one. */
    public static EnumerableRel in(EnumerableRel plan) {
        return (EnumerableRel) replace(plan);
    }

    private static RelNode replace(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(replace(input)));
        return own(node, inputs).orElseGet(() -> inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs));
    }

    private static Optional<RelNode> own(RelNode node, List<RelNode> inputs) {
        if (node instanceof CodePointSort sort) {
            return SpillingSort.of(sort, inputs.get(0));
        }
        if (node instanceof EnumerableAggregate aggregate) {
            return SpillingAggregate.of(aggregate, inputs.get(0));
        }
        if (node instanceof EnumerableHashJoin join) {
            return SpillingJoin.of(join, inputs.get(0), inputs.get(1));
        }
        return Optional.empty();
    }
}
