package io.calque.planner.cost;

import io.calque.planner.physical.KeyUse;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import io.calque.spi.SourceId;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * What a whole plan takes, roughly: to compare plans that fetch other things, or join in another order. Stateless but for its model.
 */
public final class PlanCost {
    private final CostModel model;

    public PlanCost(CostModel model) {
        this.model = model;
    }

    /** Of a plan whose operators are chosen and whose joins are bound. */
    public Cost of(RelNode plan) {
        return of(plan, plan.getCluster().getMetadataQuery());
    }

    private Cost of(RelNode node, RelMetadataQuery mq) {
        if (node instanceof SourceFetch fetch) {
            return of(fetch, mq);
        }
        Cost own = node instanceof SharedRows ? Cost.NONE : model.rowsHere(mq.getRowCount(node));
        for (RelNode input : node.getInputs()) {
            own = own.plus(of(input, mq));
        }
        return own;
    }

    /** What a source joins and groups it does for fewer rows where it is sent keys; which tables it reads then depends on their indexes. */
    private Cost of(SourceFetch fetch, RelMetadataQuery mq) {
        SourceId source = fetch.query().source();
        RelNode fragment = fetch.query().fragment();
        double rows = mq.getRowCount(fetch);
        double kept = Math.min(1, rows / mq.getRowCount(fragment));
        Cost cost = model.fetch(source, rows, fetch.getRowType().getFieldCount(), RowBytes.of(fragment, mq))
                .plus(model.scansAtSource(fragment, mq))
                .plus(CostModel.computedAtSource(model.of(source), fragment, mq).times(kept));
        for (KeyUse use : fetch.keyed().uses()) {
            cost = cost.plus(model.keys(source, use.expectedKeys()));
        }
        return cost;
    }
}
