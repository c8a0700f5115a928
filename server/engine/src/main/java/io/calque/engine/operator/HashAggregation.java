package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan;
import io.calque.spi.source.RowCursor;
import org.apache.calcite.linq4j.Enumerable;

/**
 * A row for each group. The groups are found by hash; once there is no memory for more of them, rows of others are set aside on disk, divided by
 * their hashes, and each part is grouped afterwards in the same way. So all rows of a group meet in one place, in the order of their coming.
 */
public final class HashAggregation extends BatchRows {
    private final Enumerable<Object> rows;
    private final AggregatePlan plan;
    private final OperatorResources resources;

    public HashAggregation(Enumerable<Object> rows, AggregatePlan plan, OperatorResources resources) {
        super(new RowLayout(plan.results()));
        this.rows = rows;
        this.plan = plan;
        this.resources = resources;
    }

    @Override
    public RowCursor batches() {
        RowLayout input = new RowLayout(plan.columns());
        return new AggregateCursor(BatchRows.read(rows, input), input, plan, resources);
    }
}
