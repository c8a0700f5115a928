package io.calque.planner.shared;

import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Microseconds that a whole plan takes, roughly: to compare plans that fetch other things. What a row costs on its way is as for key sets;
 * what it costs its source is far less, but is paid for rows that never travel, too. Stateless.
 */
public final class PlanCost {
    private static final double ROW = 0.6;
    private static final double FIELD = 0.3;
    private static final double ROUND_TRIP = 300;

    /** A row that an operator of a source reads. */
    private static final double AT_SOURCE = 0.05;

    /** A row that an operator here passes on. */
    private static final double LOCAL = 0.1;

    private PlanCost() {}

    public static double of(RelNode plan) {
        return of(plan, plan.getCluster().getMetadataQuery());
    }

    private static double of(RelNode node, RelMetadataQuery mq) {
        double rows = mq.getRowCount(node);
        if (node instanceof SourceFetch fetch) {
            return ROUND_TRIP
                    + rows * (ROW + FIELD * fetch.getRowType().getFieldCount())
                    + atSource(fetch.query().fragment(), mq);
        }
        double own = node instanceof SharedRows ? 0 : rows * LOCAL;
        return node.getInputs().stream().mapToDouble(input -> of(input, mq)).sum() + own;
    }

    private static double atSource(RelNode fragment, RelMetadataQuery mq) {
        double below = fragment.getInputs().stream()
                .mapToDouble(input -> atSource(input, mq))
                .sum();
        return below + mq.getRowCount(fragment) * AT_SOURCE;
    }
}
