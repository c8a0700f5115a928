package io.calque.planner.bind;

import io.calque.planner.physical.RuntimeCalls;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/** Passes rows on and collects the values of one column, for the fetches that read by them. Immutable. */
public final class KeySource extends SingleRel implements EnumerableRel {
    private final int keySet;
    private final int column;

    private KeySource(RelOptCluster cluster, RelTraitSet traits, RelNode input, int keySet, int column) {
        super(cluster, traits, input);
        this.keySet = keySet;
        this.column = column;
    }

    static KeySource of(RelNode input, int keySet, int column) {
        return new KeySource(input.getCluster(), input.getTraitSet(), input, keySet, column);
    }

    /** The set's number in the plan. */
    public int keySet() {
        return keySet;
    }

    /** The name of the column whose values are collected. */
    public String columnName() {
        return getRowType().getFieldNames().get(column);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new KeySource(getCluster(), traits, inputs.get(0), keySet, column);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("keySet", keySet).item("column", column);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        Expression rows = block.append("rows", child.block);
        block.add(RuntimeCalls.call(
                "keys",
                Expressions.constant(keySet),
                Expressions.convert_(child.physType.generateAccessor(List.of(column)), Function1.class),
                Expressions.convert_(rows, Enumerable.class)));
        return implementor.result(child.physType, block.toBlock());
    }
}
