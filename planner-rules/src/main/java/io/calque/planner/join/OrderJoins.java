package io.calque.planner.join;

import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Orders runs of inner joins greedily (GOO: Fegaras, 1998), which gives bushy trees in cubic time: first pairs that one source can
 * join itself by an equality without sending more rows than both have, then the pair with the fewest estimated rows; a cartesian product
 * only when nothing else is left. A join without an equality counts with all its pairs.
 *
 * <p>Columns keep their order through a projection on top. Single-threaded: one instance orders one plan.
 */
public final class OrderJoins {
    private final PushdownGate gate;

    public OrderJoins(PushdownGate gate) {
        this.gate = gate;
    }

    /** The plan, semi-joins moved to what their source can join, and runs of inner joins in a good order. */
    public RelNode apply(RelNode plan) {
        return order(new SinkSemiJoins(this::joinableAtSource, new GroupSemiJoinKeys(gate)).apply(plan));
    }

    private RelNode order(RelNode node) {
        if (isInner(node)) {
            List<RelNode> factors = new ArrayList<>();
            List<RexNode> conjuncts = new ArrayList<>();
            flatten(node, factors, conjuncts, 0);
            if (factors.size() > 2) {
                List<RelNode> ordered = factors.stream().map(this::order).toList();
                return new JoinRun(ordered, conjuncts, this::joinableAtSource).order();
            }
        }
        List<RelNode> inputs = node.getInputs().stream().map(this::order).toList();
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private static boolean isInner(RelNode node) {
        return node instanceof Join join
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty();
    }

    /** Collects factors from left to right, and conjuncts shifted to the position of their columns in the whole run. */
    private static int flatten(RelNode node, List<RelNode> factors, List<RexNode> conjuncts, int offset) {
        if (!isInner(node)) {
            factors.add(node);
            return offset + node.getRowType().getFieldCount();
        }
        Join join = (Join) node;
        int middle = flatten(join.getLeft(), factors, conjuncts, offset);
        int end = flatten(join.getRight(), factors, conjuncts, middle);
        RexShuttle shift = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(ref.getIndex() + offset, ref.getType());
            }
        };
        RelOptUtil.conjunctions(join.getCondition()).forEach(c -> conjuncts.add(c.accept(shift)));
        return end;
    }

    private boolean joinableAtSource(RelNode join) {
        Optional<SourceId> source = OneSource.of(join);
        return source.isPresent() && gate.operator(source.get(), join).allowed();
    }
}
