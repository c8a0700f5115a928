package io.calque.planner.pushdown;

import io.calque.spi.source.ParameterSlot;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Restricts a fragment to rows whose column is among keys that are known only while the query runs, or between the least and the greatest of
 * them. Stateless.
 *
 * <p>The condition moves as far down in the fragment as it can, where an index may serve it; where the source does not take the moved
 * form it stays on top.
 */
public final class KeyFilter {
    private KeyFilter() {}

    /** Whether a condition compares with a set of keys, or with its bounds. */
    static boolean isIn(RexNode condition) {
        boolean[] found = new boolean[1];
        condition.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitDynamicParam(RexDynamicParam parameter) {
                found[0] |= ParameterSlot.isFound(parameter.getIndex());
                return super.visitDynamicParam(parameter);
            }
        });
        return found[0];
    }

    /**
     * @param columns of the fragment's rows
     * @param keySet number of the set in the plan
     * @return empty where the source cannot compare that column as the engine would
     */
    public static Optional<SourceQuery> restrict(
            SourceQuery query, List<Integer> columns, int keySet, KeyForm form, PushdownGate gate) {
        if (query.nativeText().isPresent()) {
            return Optional.empty();
        }
        RelNode fragment = query.fragment();
        RexBuilder rex = fragment.getCluster().getRexBuilder();
        List<RexNode> values = columns.stream()
                .<RexNode>map(c -> rex.makeInputRef(fragment, c))
                .toList();
        KeyCondition condition =
                new KeyCondition(rex, values.stream().map(RexNode::getType).toList(), keySet, form);
        RelNode moved = new KeysBelow(condition).in(fragment, columns);
        if (accepted(moved, query, gate)) {
            return Optional.of(SourceQuery.of(query.source(), moved));
        }
        RelNode onTop = LogicalFilter.create(fragment, condition.on(values));
        return gate.operator(query.source(), onTop).allowed()
                ? Optional.of(SourceQuery.of(query.source(), onTop))
                : Optional.empty();
    }

    private static boolean accepted(RelNode node, SourceQuery query, PushdownGate gate) {
        return node instanceof TableScan
                || gate.operator(query.source(), node).allowed()
                        && node.getInputs().stream().allMatch(input -> accepted(input, query, gate));
    }
}
