package io.calque.planner.pushdown;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A leaf that reads rows which other places of the plan read, too: they are made once. What makes them is no input of this node, so that
 * rules leave it alone; it is planned by itself. Immutable.
 */
public final class SharedPart extends AbstractRelNode {
    private final int number;
    private final RelNode core;

    private SharedPart(RelOptCluster cluster, RelTraitSet traits, int number, RelNode core) {
        super(cluster, traits);
        this.number = number;
        this.core = core;
    }

    /**
     * @param number of the part in its plan, from 0
     * @param core what makes the rows
     */
    public static SharedPart of(int number, RelNode core) {
        RelOptCluster cluster = core.getCluster();
        return new SharedPart(cluster, cluster.traitSetOf(Convention.NONE), number, core);
    }

    public int number() {
        return number;
    }

    public RelNode core() {
        return core;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SharedPart(getCluster(), traits, number, core);
    }

    @Override
    protected RelDataType deriveRowType() {
        return core.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("part", number);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return mq.getRowCount(core);
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double rows = mq.getRowCount(this);
        return planner.getCostFactory().makeCost(rows, rows * getRowType().getFieldCount(), 0);
    }
}
