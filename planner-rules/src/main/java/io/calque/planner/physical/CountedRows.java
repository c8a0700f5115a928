package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.util.BuiltInMethod;

/** Passes rows through and counts them, above every operator of an EXPLAIN ANALYZE plan. Immutable. */
public final class CountedRows extends SingleRel implements EnumerableRel {
    private final int operator;

    private CountedRows(RelOptCluster cluster, RelTraitSet traits, RelNode input, int operator) {
        super(cluster, traits, input);
        this.operator = operator;
    }

    /** The plan with a counter above each operator that is no fetch, numbered from the root in depth-first order. */
    public static EnumerableRel everywhere(EnumerableRel root) {
        return (EnumerableRel) wrap(root, new int[1]);
    }

    private static RelNode wrap(RelNode node, int[] next) {
        if (node instanceof SourceFetch) {
            return node;
        }
        int number = next[0]++;
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(wrap(input, next)));
        RelNode copy = inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs);
        return new CountedRows(node.getCluster(), node.getTraitSet(), copy, number);
    }

    /** What {@link FragmentRuntime#counted} is told. */
    public int operator() {
        return operator;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new CountedRows(getCluster(), traits, inputs.get(0), operator);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("operator", operator);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        Expression rows = block.append("rows", child.block);
        Expression runtime = Expressions.convert_(
                Expressions.call(
                        implementor.getRootExpression(),
                        BuiltInMethod.DATA_CONTEXT_GET.method,
                        Expressions.constant(FragmentRuntime.KEY)),
                FragmentRuntime.class);
        block.add(Expressions.call(
                runtime, "counted", Expressions.constant(operator), Expressions.convert_(rows, Enumerable.class)));
        return implementor.result(child.physType, block.toBlock());
    }
}
