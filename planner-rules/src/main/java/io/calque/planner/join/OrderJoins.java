package io.calque.planner.join;

import io.calque.planner.pushdown.JoinOrders;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Orders runs of inner joins greedily (GOO: Fegaras, 1998), which gives bushy trees in cubic time: first pairs that one source can
 * join itself by an equality without sending more rows than both have, then the pair with the fewest estimated rows; a cartesian product
 * only when nothing else is left. A join without an equality counts with all its pairs. Where wanted, the cheapest order of all is looked for,
 * and taken where it is clearly cheaper ({@link JoinSearch}).
 *
 * <p>Columns keep their order through a projection on top. Single-threaded: one instance orders one plan.
 */
public final class OrderJoins {
    private final PushdownGate gate;
    private final JoinOrders wanted;
    private int improved;

    public OrderJoins(PushdownGate gate, JoinOrders wanted) {
        this.gate = gate;
        this.wanted = wanted;
    }

    /** The plan, semi-joins moved to what their source can join, and runs of inner joins in a good order. */
    public RelNode apply(RelNode plan) {
        RelNode sunk = new SinkSemiJoins(this::joinableAtSource, new GroupSemiJoinKeys(gate)).apply(plan);
        return order(sunk, NeededColumns.all(sunk));
    }

    /** Whether any run is in another order than the greedy one. */
    public boolean improved() {
        return improved > 0;
    }

    private RelNode order(RelNode node, ImmutableBitSet needed) {
        if (isInner(node)) {
            List<RelNode> factors = new ArrayList<>();
            List<RexNode> conjuncts = new ArrayList<>();
            flatten(node, factors, conjuncts, 0);
            if (factors.size() > 2) {
                return ordered(factors, conjuncts, needed);
            }
        }
        List<ImmutableBitSet> below = NeededColumns.ofInputs(node, needed);
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.getInputs().size(); i++) {
            inputs.add(order(node.getInput(i), below.get(i)));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private RelNode ordered(List<RelNode> factors, List<RexNode> conjuncts, ImmutableBitSet needed) {
        ImmutableBitSet used = needed.union(RelOptUtil.InputFinder.bits(conjuncts, null));
        List<RelNode> ordered = new ArrayList<>();
        int offset = 0;
        for (RelNode factor : factors) {
            int end = offset + factor.getRowType().getFieldCount();
            ordered.add(order(
                    factor, used.intersect(ImmutableBitSet.range(offset, end)).shift(-offset)));
            offset = end;
        }
        ColumnEqualities equalities =
                new ColumnEqualities(conjuncts, factors.get(0).getCluster().getRexBuilder());
        JoinRun greedy = new JoinRun(ordered, conjuncts, equalities, this::joinableAtSource);
        RelNode found = greedy.order();
        if (wanted == JoinOrders.GREEDY || factors.size() > JoinGraph.MOST_FACTORS) {
            return found;
        }
        JoinGraph graph = new JoinGraph(ordered, conjuncts, equalities, needed, this::joinableAtSource);
        return new JoinSearch(graph, new JoinCost(graph, gate))
                .better(greedy.joins(), wanted == JoinOrders.ALWAYS)
                .map(tree -> {
                    improved++;
                    return new JoinRun(ordered, conjuncts, equalities, this::joinableAtSource).order(tree);
                })
                .orElse(found);
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
        RelOptUtil.conjunctions(join.getCondition())
                .forEach(c -> conjuncts.add(Columns.moved(c, column -> column + offset)));
        return end;
    }

    private boolean joinableAtSource(RelNode join) {
        Optional<SourceId> source = OneSource.of(join);
        return source.isPresent() && gate.operator(source.get(), join).allowed();
    }
}
