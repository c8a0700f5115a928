package io.calque.planner.physical;

import io.calque.planner.lowering.CodePointSort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
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
        return (EnumerableRel) replace(plan, false);
    }

    /**
     * @param again whether the operator above reads the rows anew for each of its own, as a nested loop does with its inner side. The stock
     *     aggregate computes its groups once whatever is asked of it, ours each time
     */
    private static RelNode replace(RelNode node, boolean again) {
        boolean grouped = node instanceof EnumerableAggregate;
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.getInputs().size(); i++) {
            boolean inner = i == 1 && node instanceof EnumerableNestedLoopJoin;
            inputs.add(replace(node.getInput(i), inner || (again && !grouped && !(node instanceof SharedRows))));
        }
        Optional<RelNode> own = again && grouped ? Optional.empty() : own(node, inputs);
        return own.orElseGet(() -> inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs));
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
