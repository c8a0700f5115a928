package io.calque.engine.operator;

import io.calque.planner.physical.JoinPlan;
import io.calque.spi.source.RowCursor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * The rows of two sides whose keys are equal, and those without a partner where the join's type wants them. The right side is read first and
 * kept by hash; where memory does not hold it, both sides are divided among files by the hashes of their keys and joined file by file.
 */
public final class HashJoin extends BatchRows {
    private final Enumerable<Object> left;
    private final Enumerable<Object> right;
    private final JoinPlan plan;
    private final @Nullable Predicate2<Object, Object> condition;
    private final OperatorResources resources;

    /**
     * @param condition what must hold beside the equality of keys; null for nothing
     */
    public HashJoin(
            Enumerable<Object> left,
            Enumerable<Object> right,
            JoinPlan plan,
            @Nullable Predicate2<Object, Object> condition,
            OperatorResources resources) {
        super(new RowLayout(plan.results()));
        this.left = left;
        this.right = right;
        this.plan = plan;
        this.condition = condition;
        this.resources = resources;
    }

    @Override
    public RowCursor batches() {
        JoinSides sides = new JoinSides(plan, condition);
        return new JoinCursor(
                BatchRows.read(left, sides.leftLayout()), BatchRows.read(right, sides.rightLayout()), sides, resources);
    }
}
