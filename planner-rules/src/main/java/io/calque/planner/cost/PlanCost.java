package io.calque.planner.cost;

import io.calque.planner.physical.KeyUse;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
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

    private Cost of(SourceFetch fetch, RelMetadataQuery mq) {
        Cost cost = model.fetch(
                        fetch.query().source(),
                        mq.getRowCount(fetch),
                        fetch.getRowType().getFieldCount(),
                        RowBytes.of(fetch.query().fragment(), mq))
                .plus(atSource(fetch.query().fragment(), mq));
        for (KeyUse use : fetch.keyed().uses()) {
            cost = cost.plus(model.keys(fetch.query().source(), use.expectedKeys()));
        }
        return cost;
    }

    /** All that the operators of a fragment read, whether it travels or not. */
    private Cost atSource(RelNode fragment, RelMetadataQuery mq) {
        Cost cost = model.readAtSource(mq.getRowCount(fragment));
        for (RelNode input : fragment.getInputs()) {
            cost = cost.plus(atSource(input, mq));
        }
        return cost;
    }
}
