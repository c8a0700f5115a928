package io.calque.planner.join;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.util.ImmutableBitSet;

/** Which columns of its inputs a node reads, where only some of its own are read; all where that is not plain. Stateless. */
final class NeededColumns {
    private NeededColumns() {}

    static ImmutableBitSet all(RelNode node) {
        return ImmutableBitSet.range(node.getRowType().getFieldCount());
    }

    /**
     * @param needed of the node's own columns
     * @return for each input
     */
    static List<ImmutableBitSet> ofInputs(RelNode node, ImmutableBitSet needed) {
        if (node instanceof Project project) {
            return List.of(RelOptUtil.InputFinder.bits(
                    needed.asList().stream().map(project.getProjects()::get).toList(), null));
        }
        if (node instanceof Filter filter) {
            return List.of(needed.union(RelOptUtil.InputFinder.bits(filter.getCondition())));
        }
        if (node instanceof Aggregate aggregate) {
            ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
            for (AggregateCall call : aggregate.getAggCallList()) {
                call.getArgList().forEach(read::set);
                call.getCollation().getKeys().forEach(read::set);
                if (call.hasFilter()) {
                    read.set(call.filterArg);
                }
            }
            return List.of(read.build());
        }
        if (node instanceof Sort sort) {
            return List.of(needed.union(ImmutableBitSet.of(sort.getCollation().getKeys())));
        }
        if (node instanceof Join join) {
            int width = join.getLeft().getRowType().getFieldCount();
            int end = width + join.getRight().getRowType().getFieldCount();
            ImmutableBitSet both = needed.union(RelOptUtil.InputFinder.bits(join.getCondition()));
            return List.of(
                    both.intersect(ImmutableBitSet.range(width)),
                    both.intersect(ImmutableBitSet.range(width, end)).shift(-width));
        }
        List<ImmutableBitSet> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(all(input)));
        return inputs;
    }
}
