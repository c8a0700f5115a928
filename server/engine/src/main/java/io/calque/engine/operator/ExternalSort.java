package io.calque.engine.operator;

import io.calque.planner.physical.SortPlan;
import io.calque.spi.source.RowCursor;
import org.apache.calcite.linq4j.Enumerable;

/**
 * Rows in an order: sorted in memory, and where that does not suffice in runs that go to disk and are merged. With a small limit only so many rows
 * are kept. Equal rows keep their order.
 */
public final class ExternalSort extends BatchRows {
    private final Enumerable<Object> rows;
    private final SortPlan plan;
    private final OperatorResources resources;
    private final long offset;
    private final long limit;

    /**
     * @param limit -1 for none
     */
    public ExternalSort(Enumerable<Object> rows, SortPlan plan, OperatorResources resources, long offset, long limit) {
        super(new RowLayout(plan.columns()));
        this.rows = rows;
        this.plan = plan;
        this.resources = resources;
        this.offset = Math.max(0, offset);
        this.limit = limit;
    }

    @Override
    public RowCursor batches() {
        long last = limit < 0 || limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
        SortedRuns runs = new SortedRuns(layout(), new SortOrder(plan), resources, last);
        return new SortCursor(BatchRows.read(rows, layout()), runs, offset, last);
    }
}
