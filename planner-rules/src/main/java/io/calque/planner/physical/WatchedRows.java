package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Window;

/**
 * Stands above every operator of a plan and passes its rows on: they are counted, and stop when the query does. Stock operators know
 * nothing of either. Immutable.
 */
public final class WatchedRows extends SingleRel implements EnumerableRel {
    private final int operator;

    private WatchedRows(RelOptCluster cluster, RelTraitSet traits, RelNode input, int operator) {
        super(cluster, traits, input);
        this.operator = operator;
    }

    /** The plan with a watch above each operator that is no fetch, numbered from the root in depth-first order. */
    public static EnumerableRel everywhere(EnumerableRel root) {
        return SharedParts.above((EnumerableRel) watch(root, new int[1]));
    }

    private static RelNode watch(RelNode node, int[] next) {
        if (node instanceof SourceFetch) {
            return node;
        }
        int number = next[0]++;
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.getInputs().size(); i++) {
            RelNode input = watch(node.getInput(i), next);
            int overhead = KeptRows.overheadBytes(node, i);
            inputs.add(overhead == KeptRows.NOT_KEPT ? input : KeptRows.of(input, number, i, overhead));
        }
        RelNode copy = inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs);
        RelNode watched = copy instanceof SpillingOperator own ? own.numbered(number) : copy;
        return new WatchedRows(node.getCluster(), node.getTraitSet(), watched, number);
    }

    /** Under which number {@link FragmentRuntime} knows the operator below. */
    public int operator() {
        return operator;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WatchedRows(getCluster(), traits, inputs.get(0), operator);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("operator", operator);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        Expression rows = computesAtOnce()
                ? RuntimeCalls.call("lazily", Expressions.lambda(Function0.class, watched(child.block)))
                : block.append("rows", watched(child.block));
        block.add(RuntimeCalls.call(
                "passed", Expressions.constant(operator), Expressions.convert_(rows, Enumerable.class)));
        return implementor.result(child.physType, block.toBlock());
    }

    /** Stock operators that read their input while they are made, before anyone reads them: fetches below may wait for keys then. */
    private boolean computesAtOnce() {
        RelNode operator = getInput();
        if (operator instanceof SpillingOperator) {
            return false;
        }
        return operator instanceof Aggregate
                || operator instanceof Window
                || operator instanceof Intersect
                || operator instanceof Minus
                || operator instanceof EnumerableNestedLoopJoin
                || operator instanceof Collect;
    }

    /** Aggregates and windows also need watching inside. */
    private BlockStatement watched(BlockStatement code) {
        if (getInput() instanceof EnumerableAggregate) {
            return ChargedGroups.in(code, operator);
        }
        return getInput() instanceof EnumerableWindow ? StoppableLoops.in(code, operator) : code;
    }
}
