package io.calque.planner.bind;

import io.calque.planner.bind.KeyChoices.Choice;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.physical.KeyedQueries;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.KeyFilter;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.SourceQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.rel.RelNode;

/**
 * Chooses for each hash join whether one side's keys restrict what the other side fetches, and which.
 *
 * <pre>
 * HashJoin(a = b)                 HashJoin(a = b)
 *   Fetch(big: a)          to       Fetch(big: a, where a is among keys 0)
 *   Fetch(small: b)                 KeySource(keys 0: b)
 *                                     Fetch(small: b)
 * </pre>
 *
 * <p>Each join restricts one of its sides at most, so all fetches of that side come after those of the other: in the order that follows,
 * over all joins, no fetch ever waits for keys that wait for it. Single-threaded, used once.
 */
public final class BindJoins {
    private final PushdownGate gate;
    private final KeyEstimates estimates;
    /** Fetches whose keys restrict shared rows: should they wait for keys themselves, these might come from those rows. */
    private final Set<SourceFetch> sourcesOfShared = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Whether joins that no keys were worth it for are looked at again, for what lies between their keys. */
    private boolean ranges;

    private int keySets;

    private BindJoins(PushdownGate gate, KeyEstimates estimates) {
        this.gate = gate;
        this.estimates = estimates;
    }

    /** The plan with bound fetches; the plan itself where none is worth it. */
    public static EnumerableRel apply(EnumerableRel plan, PushdownGate gate) {
        plan.getCluster().invalidateMetadataQuery();
        KeyEstimates estimates = new KeyEstimates(plan.getCluster().getMetadataQuery());
        BindJoins joins = new BindJoins(gate, estimates);
        RelNode byKeys = joins.visit(joins.bindShared(unshared(plan)));
        joins.ranges = gate.keyRanges() == KeyRanges.BY_COST;
        return (EnumerableRel) (joins.ranges ? joins.visit(byKeys) : byKeys);
    }

    /** The planner keeps one object for equal fetches; keys may be meant for one of them only. */
    private static RelNode unshared(RelNode node) {
        List<RelNode> inputs =
                node.getInputs().stream().map(BindJoins::unshared).toList();
        return inputs.isEmpty() && !(node instanceof SourceFetch) ? node : node.copy(node.getTraitSet(), inputs);
    }

    /** Restricts what is shared by what all of its readers ask for, each part by the column that wins most. */
    private RelNode bindShared(RelNode plan) {
        RelNode bound = plan;
        for (Optional<SharedChoice> best = bestShared(bound); best.isPresent(); best = bestShared(bound)) {
            SourceFetch source = best.get().source();
            Choice choice = best.get().choice();
            Optional<SourceFetch> keyed = keyed(choice);
            sourcesOfShared.add(source);
            if (keyed.isEmpty()) {
                return bound;
            }
            RelNode collecting = KeySource.of(source, keySets++, choice.sourceColumns());
            bound = replaced(replaced(bound, choice.fetch(), keyed.get()), source, collecting);
        }
        return bound;
    }

    private KeyChoices choices() {
        return new KeyChoices(gate, estimates, ranges);
    }

    private record SharedChoice(SourceFetch source, Choice choice) {}

    private Optional<SharedChoice> bestShared(RelNode plan) {
        List<SharedChoice> found = new ArrayList<>();
        for (SharedKeys.Option option : SharedKeys.of(plan)) {
            if (sourcesOfShared.contains(option.source())) {
                continue;
            }
            for (KeyPath.End end : KeyPath.ends(option.maker(), option.column())) {
                choices()
                        .one(option.source(), option.sourceColumn(), false, end, keySets)
                        .filter(choice -> !sourcesOfShared.contains(choice.fetch()))
                        .ifPresent(choice -> found.add(new SharedChoice(option.source(), choice)));
            }
        }
        return found.stream().max(Comparator.comparingDouble(c -> c.choice().gain()));
    }

    private RelNode visit(RelNode node) {
        boolean done = ranges && node.getInputs().stream().anyMatch(KeySource.class::isInstance);
        RelNode bound = node instanceof EnumerableHashJoin join && !done ? bind(join) : node;
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < bound.getInputs().size(); i++) {
            // The right side of a correlation is made anew for every row of the left one.
            boolean repeated = bound instanceof EnumerableCorrelate && i == 1;
            inputs.add(repeated ? bound.getInput(i) : visit(bound.getInput(i)));
        }
        return inputs.equals(bound.getInputs()) ? bound : bound.copy(bound.getTraitSet(), inputs);
    }

    /** Binds one side by the column that wins most, and then by further columns of the same other side. */
    private RelNode bind(EnumerableHashJoin join) {
        RelNode bound = join;
        Set<Integer> used = new HashSet<>();
        boolean fromRight = false;
        while (bound instanceof EnumerableHashJoin more) {
            boolean settled = fromRight;
            List<Choice> all = choices().of(more, keySets).stream()
                    .filter(c -> !sourcesOfShared.contains(c.fetch()))
                    .filter(c -> used.isEmpty()
                            || c.fromRight() == settled
                                    && c.sourceColumns().stream().noneMatch(used::contains))
                    .toList();
            Optional<Choice> best = all.stream().max(Comparator.comparingDouble(Choice::gain));
            if (best.isEmpty()) {
                return bound;
            }
            // Every fetch that the chosen columns lead to may be worth the keys.
            List<Choice> chosen = all.stream()
                    .filter(c -> c.fromRight() == best.get().fromRight()
                            && c.sourceColumns().equals(best.get().sourceColumns()))
                    .toList();
            fromRight = best.get().fromRight();
            used.addAll(best.get().sourceColumns());
            bound = bind(more, chosen);
        }
        return bound;
    }

    private RelNode bind(EnumerableHashJoin join, List<Choice> chosen) {
        boolean fromRight = chosen.get(0).fromRight();
        RelNode target = fromRight ? join.getLeft() : join.getRight();
        RelNode bound = target;
        for (Choice choice : chosen) {
            Optional<SourceFetch> keyed = keyed(choice);
            if (keyed.isPresent()) {
                bound = replaced(bound, choice.fetch(), keyed.get());
            }
        }
        if (bound == target) {
            return join;
        }
        RelNode source = KeySource.of(
                fromRight ? join.getRight() : join.getLeft(),
                keySets,
                chosen.get(0).sourceColumns());
        keySets++;
        return join.copy(join.getTraitSet(), fromRight ? List.of(bound, source) : List.of(source, bound));
    }

    /** The fetch with one more key set; empty where its source does not take it. */
    private Optional<SourceFetch> keyed(Choice choice) {
        SourceFetch fetch = choice.fetch();
        Map<List<KeyForm>, SourceQuery> added = new LinkedHashMap<>();
        for (Map.Entry<List<KeyForm>, SourceQuery> known :
                fetch.keyed().all(fetch.query()).entrySet()) {
            Optional<SourceQuery> byKeys = restricted(known.getValue(), choice.use(), KeyForm.KEYS);
            if (byKeys.isEmpty()) {
                return Optional.empty();
            }
            added.put(KeyedQueries.with(known.getKey(), KeyForm.KEYS), byKeys.get());
            if (mayBeRange(choice.use())) {
                restricted(known.getValue(), choice.use(), KeyForm.RANGE)
                        .ifPresent(query -> added.put(KeyedQueries.with(known.getKey(), KeyForm.RANGE), query));
            }
        }
        return Optional.of(fetch.keyed(fetch.keyed().with(choice.use(), added)));
    }

    private Optional<SourceQuery> restricted(SourceQuery query, KeyUse use, KeyForm form) {
        return KeyFilter.restrict(query, KeyChoices.columnsOf(use), use.keySet(), form, gate);
    }

    private static boolean mayBeRange(KeyUse use) {
        return use.ranges() == KeyRanges.ALWAYS
                || use.ranges() == KeyRanges.BY_COST && use.spread().isPresent();
    }

    private static RelNode replaced(RelNode node, SourceFetch old, RelNode made) {
        if (node == old) {
            return made;
        }
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(replaced(input, old, made)));
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
}
