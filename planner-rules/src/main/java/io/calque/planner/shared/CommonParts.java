package io.calque.planner.shared;

import io.calque.planner.pushdown.SharedPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;

/**
 * Finds what a plan computes more than once: sub-plans that are equal, from the root down, and then what runs of inner joins have in common.
 *
 * <pre>
 * Join(value > total)                        Join(value > total)
 *   Aggregate(k, SUM(x) AS value)              Aggregate(k, SUM(x) AS value)
 *     Join(p, s)                    to           SharedPart(1)
 *   Aggregate(SUM(x) AS total)                 Aggregate(SUM(x) AS total)
 *     Join(p, s)                                 SharedPart(1)
 * </pre>
 *
 * <p>Must not take rows that differ from place to place ({@link Shareable}). Single-threaded, used once.
 */
public final class CommonParts {
    /** Of larger plans the search would take longer than it saves. */
    private static final int MOST_NODES = 400;

    private final RelNode plan;
    private final int number;
    private final Map<RelDigest, Integer> occurrences = new HashMap<>();
    private int nodes;

    private CommonParts(RelNode plan, int number) {
        this.plan = plan;
        this.number = number;
    }

    /**
     * What may be shared, the most promising first.
     *
     * @param number that the part will have
     */
    public static List<Finding> of(RelNode plan, int number) {
        return new CommonParts(plan, number).find();
    }

    private List<Finding> find() {
        count(plan);
        if (nodes > MOST_NODES) {
            return List.of();
        }
        Map<RelDigest, RelNode> equal = new LinkedHashMap<>();
        equal(plan, equal, new HashSet<>());
        List<Finding> found = new ArrayList<>();
        for (RelNode core : equal.values()) {
            SharedPart part = SharedPart.of(number, core);
            found.add(new Finding(replaced(plan, Map.of(core.getRelDigest(), part)), part));
        }
        found.addAll(JoinOverlap.of(plan, number));
        return found;
    }

    private void count(RelNode node) {
        nodes++;
        if (Shareable.isWorthIt(node)) {
            occurrences.merge(node.getRelDigest(), 1, Integer::sum);
        }
        node.getInputs().forEach(this::count);
    }

    private void equal(RelNode node, Map<RelDigest, RelNode> found, Set<RelDigest> seen) {
        RelDigest digest = node.getRelDigest();
        if (occurrences.getOrDefault(digest, 0) > 1) {
            if (!seen.add(digest)) {
                return;
            }
            if (Shareable.is(node)) {
                found.put(digest, node);
                return;
            }
        }
        node.getInputs().forEach(input -> equal(input, found, seen));
    }

    /** The plan with other nodes in the place of those. */
    static RelNode replaced(RelNode node, Map<RelDigest, ? extends RelNode> replacements) {
        RelNode replacement = replacements.get(node.getRelDigest());
        if (replacement != null) {
            return replacement;
        }
        List<RelNode> inputs = node.getInputs().stream()
                .map(input -> replaced(input, replacements))
                .toList();
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
}
