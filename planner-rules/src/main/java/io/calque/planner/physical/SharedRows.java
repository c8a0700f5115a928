package io.calque.planner.physical;

import io.calque.planner.pushdown.SharedPart;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Reads rows that are made once for several readers. What makes them stands below the first reader of a plan, so that it is planned, numbered
 * and explained in one place; its code stands at the root ({@link SharedParts}), because any reader may be the first at run time. Immutable.
 */
public final class SharedRows extends AbstractRelNode implements SpillingOperator {
    private final SharedPart part;
    private final int reader;
    private final int readers;
    private final Optional<RelNode> maker;
    private final int operator;

    private SharedRows(
            RelTraitSet traits, SharedPart part, int reader, int readers, Optional<RelNode> maker, int operator) {
        super(part.getCluster(), traits);
        this.part = part;
        this.reader = reader;
        this.readers = readers;
        this.maker = maker;
        this.operator = operator;
    }

    static SharedRows of(SharedPart part) {
        RelTraitSet traits = part.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
        return new SharedRows(traits, part, 0, 0, Optional.empty(), 0);
    }

    /** Whether rows of this type can be kept, in memory and on disk. */
    public static boolean canHold(RelDataType rowType) {
        return ValueKind.of(rowType).isPresent();
    }

    /**
     * One of the readers.
     *
     * @param number of the reader, from 1
     * @param count of all readers
     * @param rows what makes the rows, for the first of them
     */
    SharedRows reading(int number, int count, Optional<RelNode> rows) {
        return new SharedRows(traitSet, part, number, count, rows, operator);
    }

    public SharedPart part() {
        return part;
    }

    /** For people: {@code 1, read 1 of 2}. */
    public String title() {
        return (part.number() + 1) + ", read " + reader + " of " + readers;
    }

    /** What makes the rows; empty for all readers but the first. */
    Optional<RelNode> maker() {
        return maker;
    }

    int operator() {
        return operator;
    }

    SharePlan plan() {
        return new SharePlan(part.number(), ValueKind.of(getRowType()).orElseThrow());
    }

    @Override
    public SpillingOperator numbered(int number) {
        return new SharedRows(traitSet, part, reader, readers, maker, number);
    }

    @Override
    public List<RelNode> getInputs() {
        return maker.map(List::of).orElseGet(List::of);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SharedRows(traits, part, reader, readers, inputs.stream().findFirst(), operator);
    }

    @Override
    protected RelDataType deriveRowType() {
        return part.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        RelWriter terms = super.explainTerms(writer);
        maker.ifPresent(rows -> terms.input("rows", rows));
        return terms.item("part", part.number()).item("reader", reader);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return mq.getRowCount(part);
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double rows = estimateRowCount(mq);
        return planner.getCostFactory().makeCost(rows, rows * getRowType().getFieldCount(), 0);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        PhysType type = PhysTypeImpl.of(
                implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY.optimize(getRowType()), false);
        return implementor.result(
                type, Blocks.toBlock(RuntimeCalls.call("shared", Expressions.constant(part.number()))));
    }
}
