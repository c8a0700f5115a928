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

/** Passes rows on and collects the values of one column, or of several together, for the fetches that read by them. Immutable. */
public final class KeySource extends SingleRel implements EnumerableRel {
    private final int keySet;
    private final List<Integer> columns;

    private KeySource(RelOptCluster cluster, RelTraitSet traits, RelNode input, int keySet, List<Integer> columns) {
        super(cluster, traits, input);
        this.keySet = keySet;
        this.columns = List.copyOf(columns);
    }

    static KeySource of(RelNode input, int keySet, List<Integer> columns) {
        return new KeySource(input.getCluster(), input.getTraitSet(), input, keySet, columns);
    }

    /** The set's number in the plan. */
    public int keySet() {
        return keySet;
    }

    /** The name of the column whose values are collected; of several in parentheses. */
    public String columnName() {
        List<String> names =
                columns.stream().map(getRowType().getFieldNames()::get).toList();
        return names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new KeySource(getCluster(), traits, inputs.get(0), keySet, columns);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("keySet", keySet).item("columns", columns);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        Expression rows = block.append("rows", child.block);
        block.add(RuntimeCalls.call(
                "keys",
                Expressions.constant(keySet),
                Expressions.convert_(child.physType.generateAccessor(columns), Function1.class),
                Expressions.convert_(rows, Enumerable.class)));
        return implementor.result(child.physType, block.toBlock());
    }
}
