package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/** The root of a plan with shared rows: states, before anything reads them, what makes them. Immutable. */
public final class SharedParts extends SingleRel implements EnumerableRel {
    private SharedParts(RelOptCluster cluster, RelTraitSet traits, RelNode input) {
        super(cluster, traits, input);
    }

    /** {@code plan} whose first reader of each part has what makes its rows. */
    public static EnumerableRel attach(EnumerableRel plan, Map<Integer, EnumerableRel> makers) {
        Map<Integer, Integer> readers = new TreeMap<>();
        count(plan, readers);
        return (EnumerableRel) attach(plan, makers, readers, new HashMap<>());
    }

    private static void count(RelNode node, Map<Integer, Integer> readers) {
        if (node instanceof SharedRows rows) {
            readers.merge(rows.part().number(), 1, Integer::sum);
        }
        node.getInputs().forEach(input -> count(input, readers));
    }

    private static RelNode attach(
            RelNode node,
            Map<Integer, EnumerableRel> makers,
            Map<Integer, Integer> readers,
            Map<Integer, Integer> seen) {
        if (node instanceof SharedRows rows) {
            int number = rows.part().number();
            int reader = seen.merge(number, 1, Integer::sum);
            Optional<RelNode> maker = reader == 1 ? Optional.ofNullable(makers.get(number)) : Optional.empty();
            return rows.reading(reader, readers.getOrDefault(number, 1), maker);
        }
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(attach(input, makers, readers, seen)));
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    /** The plan as it is compiled; the plan itself where nothing is shared. */
    static EnumerableRel above(EnumerableRel plan) {
        return makers(plan).isEmpty() ? plan : new SharedParts(plan.getCluster(), plan.getTraitSet(), plan);
    }

    private static List<SharedRows> makers(RelNode node) {
        List<SharedRows> found = new ArrayList<>();
        if (node instanceof SharedRows rows && rows.maker().isPresent()) {
            found.add(rows);
        }
        node.getInputs().forEach(input -> found.addAll(makers(input)));
        return found;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SharedParts(getCluster(), traits, inputs.get(0));
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        for (SharedRows rows : makers(getInput())) {
            Result made = implementor.visitChild(rows, 0, (EnumerableRel) rows.getInput(0), Prefer.ARRAY);
            BlockBuilder maker = new BlockBuilder();
            Expression all = maker.append("rows", made.block);
            maker.add(made.physType.convertTo(all, JavaRowFormat.ARRAY.optimize(rows.getRowType())));
            block.add(Expressions.statement(RuntimeCalls.call(
                    "share",
                    Expressions.constant(rows.operator()),
                    implementor.stash(rows.plan(), SharePlan.class),
                    Expressions.lambda(Function0.class, maker.toBlock()))));
        }
        Result main = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        block.add(Expressions.convert_(block.append("main", main.block), Enumerable.class));
        return implementor.result(main.physType, block.toBlock());
    }
}
