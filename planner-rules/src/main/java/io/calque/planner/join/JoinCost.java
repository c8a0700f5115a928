package io.calque.planner.join;

import io.calque.planner.bind.BindCost;
import io.calque.planner.bind.KeyLookup;
import io.calque.planner.cost.Cost;
import io.calque.planner.cost.CostModel;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/**
 * What a tree of joins takes: what sources join themselves is fetched whole, what stands in several is joined here, and keys of either side
 * may leave out rows of what the other one fetches. Single-threaded.
 */
final class JoinCost {
    /**
     * A part, joined.
     *
     * @param source that has it all; empty where its rows are made here
     * @param cost so far; without fetching where a source has it all
     * @param fetches whose rows it is made of, here
     * @param before microseconds until they have all arrived, one after the other
     */
    record Made(JoinTree tree, double rows, Optional<SourceId> source, Cost cost, List<Fetch> fetches, double before) {}

    /**
     * What one source sends.
     *
     * @param factors that the source joins
     * @param rows that are left by the keys it is sent so far
     */
    private record Fetch(long factors, SourceId source, double rows, int fields) {
        Fetch left(double share) {
            return new Fetch(factors, source, rows * share, fields);
        }
    }

    /** What keys of one side save on the other. */
    private record Restricted(double saved, List<Fetch> fetches) {}

    private final JoinGraph graph;
    private final PushdownGate gate;
    private final CostModel model;
    private final Map<Long, Made> fetched = new HashMap<>();

    JoinCost(JoinGraph graph, PushdownGate gate) {
        this.graph = graph;
        this.gate = gate;
        this.model = gate.costs();
    }

    /** Microseconds until all rows are here. */
    double total(Made made) {
        return here(made).cost().total();
    }

    Made of(JoinTree tree) {
        if (tree instanceof JoinTree.Pair pair) {
            return joined(of(pair.one()), of(pair.other()));
        }
        int factor = ((JoinTree.Leaf) tree).factor();
        RelNode rel = graph.factor(factor);
        return new Made(
                tree,
                graph.rows(tree.factors()),
                graph.source(factor),
                model.readAtSource(readRows(rel)),
                List.of(),
                0);
    }

    private double readRows(RelNode node) {
        double below = node.getInputs().stream().mapToDouble(this::readRows).sum();
        return below + graph.metadata().getRowCount(node);
    }

    Made joined(Made one, Made other) {
        JoinTree tree = new JoinTree.Pair(one.tree(), other.tree());
        double rows = graph.rows(tree.factors());
        boolean pushed = one.source().isPresent()
                && one.source().equals(other.source())
                && graph.joinableAtSource(one.tree().factors(), other.tree().factors());
        if (pushed) {
            Cost cost = one.cost().plus(other.cost()).plus(model.readAtSource(rows));
            return new Made(tree, rows, one.source(), cost, List.of(), 0);
        }
        Made left = here(one);
        Made right = here(other);
        List<JoinGraph.KeyClass> keys = new ArrayList<>();
        for (JoinGraph.KeyClass shared : graph.classes()) {
            if ((shared.factors() & left.tree().factors()) != 0
                    && (shared.factors() & right.tree().factors()) != 0) {
                keys.add(shared);
            }
        }
        Cost join = keys.isEmpty()
                ? model.loopJoin(left.rows(), right.rows(), rows)
                : model.hashJoin(left.rows(), right.rows(), rows);
        Restricted atRight = restricted(left, right, keys);
        Restricted atLeft = restricted(right, left, keys);
        boolean toRight = atRight.saved() >= atLeft.saved();
        List<Fetch> fetches = new ArrayList<>(toRight ? left.fetches() : atLeft.fetches());
        fetches.addAll(toRight ? atRight.fetches() : right.fetches());
        Cost cost = left.cost().plus(right.cost()).plus(join).plus(Cost.moving(-(toRight ? atRight : atLeft).saved()));
        return new Made(tree, rows, Optional.empty(), cost, fetches, before(fetches));
    }

    /** The part with its rows fetched. */
    private Made here(Made part) {
        if (part.source().isEmpty()) {
            return part;
        }
        SourceId source = part.source().get();
        return fetched.computeIfAbsent(part.tree().factors(), factors -> {
            BitSet columns = graph.needed(factors);
            double bytes = columns.stream().mapToDouble(graph::bytes).sum();
            Cost cost = part.cost().plus(model.fetch(source, part.rows(), columns.cardinality(), bytes));
            List<Fetch> whole = List.of(new Fetch(factors, source, part.rows(), columns.cardinality()));
            return new Made(part.tree(), part.rows(), Optional.empty(), cost, whole, before(whole));
        });
    }

    private double before(List<Fetch> fetches) {
        double before = 0;
        for (Fetch fetch : fetches) {
            before += model.of(fetch.source()).transfer(fetch.rows(), fetch.fields());
        }
        return before;
    }

    /** What the keys of one side leave of the fetches of the other, each by the column that wins most. */
    private Restricted restricted(Made side, Made other, List<JoinGraph.KeyClass> classes) {
        double saved = 0;
        List<Fetch> fetches = new ArrayList<>(other.fetches().size());
        for (Fetch fetch : other.fetches()) {
            double most = 0;
            double kept = 1;
            for (JoinGraph.KeyClass keyClass : classes) {
                if ((keyClass.factors() & fetch.factors()) == 0) {
                    continue;
                }
                double keys = Math.max(
                        1, Math.min(side.rows(), keyClass.least(side.tree().factors())));
                double share = Math.min(1, keys / keyClass.domain());
                double gain = BindCost.gain(
                        model.of(fetch.source()), fetch.rows(), fetch.fields(), share, keys, side.before());
                if (gain > most && takes(fetch, keyClass, keys)) {
                    most = gain;
                    kept = share;
                }
            }
            saved += most;
            fetches.add(kept < 1 ? fetch.left(kept) : fetch);
        }
        return new Restricted(saved, fetches);
    }

    /** Whether so many keys are sent to a source before it was seen what they cost it. */
    private boolean takes(Fetch fetch, JoinGraph.KeyClass keyClass, double keys) {
        if (!gate.binds(fetch.source())) {
            return false;
        }
        if (keys <= gate.untriedKeys(fetch.source())) {
            return true;
        }
        if (Long.bitCount(fetch.factors()) > 1) {
            return false;
        }
        int factor = Long.numberOfTrailingZeros(fetch.factors());
        return KeyLookup.isFoundByUniqueKey(graph.factor(factor), graph.within(keyClass.columns()[factor]));
    }
}
