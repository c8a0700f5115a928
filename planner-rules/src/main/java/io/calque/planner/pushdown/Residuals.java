package io.calque.planner.pushdown;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Says of every operator that stayed local why, by asking capabilities again about the final plan. Stateless. */
public final class Residuals {
    private final PushdownGate gate;
    private final List<Residual> found = new ArrayList<>();

    private Residuals(PushdownGate gate) {
        this.gate = gate;
    }

    /** From the root down; a projection that only renames or reorders is no work. */
    public static List<Residual> of(RelNode plan, PushdownGate gate) {
        Residuals residuals = new Residuals(gate);
        residuals.visit(plan);
        return residuals.found;
    }

    private void visit(RelNode node) {
        if (node instanceof SourceQuery || node instanceof SharedPart || node instanceof Values) {
            return;
        }
        if (!(node instanceof Project project && isTrivial(project))) {
            explain(node);
        }
        node.getInputs().forEach(this::visit);
    }

    private static boolean isTrivial(Project project) {
        return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
    }

    private void explain(RelNode node) {
        List<RelNode> inputs = node.getInputs();
        boolean overOneFragment = inputs.size() == 1 && inputs.get(0) instanceof SourceQuery;
        if (overOneFragment && node instanceof Filter filter) {
            explainConjuncts(filter, (SourceQuery) inputs.get(0));
            return;
        }
        found.add(new Residual(name(node), describe(node), reason(node, inputs)));
    }

    private void explainConjuncts(Filter filter, SourceQuery query) {
        for (RexNode conjunct : Conjuncts.of(filter)) {
            RelNode single = filter.copy(filter.getTraitSet(), query.fragment(), conjunct);
            boolean implied = query.nativeText().isEmpty() && isPrefiltered(query, conjunct);
            found.add(new Residual(
                    "FILTER",
                    Readable.expression(conjunct, query),
                    reason(query, single) + (implied ? "; what it implies is filtered there" : "")));
        }
    }

    private boolean isPrefiltered(SourceQuery query, RexNode conjunct) {
        return query.fragment() instanceof Filter below
                && new ImpliedCondition(
                                        query.getCluster().getRexBuilder(),
                                        c -> RelOptUtil.conjunctions(below.getCondition())
                                                .containsAll(RelOptUtil.conjunctions(c)))
                                .of(conjunct)
                        != null;
    }

    private String reason(RelNode node, List<RelNode> inputs) {
        if (inputs.stream().allMatch(SourceQuery.class::isInstance) && !inputs.isEmpty()) {
            Set<SourceId> sources = new TreeSet<>();
            inputs.forEach(input -> sources.add(((SourceQuery) input).source()));
            if (sources.size() > 1) {
                return "its inputs come from different sources: "
                        + String.join(
                                ", ", sources.stream().map(SourceId::value).toList());
            }
            List<RelNode> fragments = new ArrayList<>();
            inputs.forEach(input -> fragments.add(((SourceQuery) input).fragment()));
            return reason((SourceQuery) inputs.get(0), node.copy(node.getTraitSet(), fragments));
        }
        Set<SourceId> below = new TreeSet<>();
        sourcesBelow(node, below);
        if (readsShared(node)) {
            return "it stands above rows that are fetched once for several readers";
        }
        if (below.size() > 1) {
            return "it stands above rows of different sources: "
                    + String.join(", ", below.stream().map(SourceId::value).toList());
        }
        return below.isEmpty() ? "it reads no source" : blocked(inputs);
    }

    /** Names the lowest operator that stays here and keeps all above it from the source. */
    private String blocked(List<RelNode> inputs) {
        RelNode blocker = inputs.stream()
                .filter(input -> !(input instanceof SourceQuery))
                .findFirst()
                .orElseThrow();
        List<RelNode> below = blocker.getInputs();
        boolean lowest = below.stream().allMatch(SourceQuery.class::isInstance);
        boolean silent = blocker instanceof Project project && isTrivial(project);
        if (!lowest || below.isEmpty() || silent) {
            return below.isEmpty() ? "it stands above constants" : reason(blocker, below);
        }
        String reason = blocker instanceof Filter filter
                ? firstReason(filter, (SourceQuery) below.get(0))
                : reason(blocker, below);
        return "it stands above a " + name(blocker) + " that stays local: " + reason;
    }

    private String firstReason(Filter filter, SourceQuery query) {
        RexNode conjunct = Conjuncts.of(filter).get(0);
        return reason(query, filter.copy(filter.getTraitSet(), query.fragment(), conjunct));
    }

    private String reason(SourceQuery query, RelNode candidate) {
        if (query.nativeText().isPresent()) {
            return "nothing is pushed into a native query";
        }
        Verdict verdict = gate.operator(query.source(), candidate);
        return verdict instanceof Verdict.No no ? no.reason() : "allowed, but planned to stay";
    }

    private static boolean readsShared(RelNode node) {
        return node instanceof SharedPart || node.getInputs().stream().anyMatch(Residuals::readsShared);
    }

    private static void sourcesBelow(RelNode node, Set<SourceId> found) {
        if (node instanceof SourceQuery query) {
            found.add(query.source());
        }
        node.getInputs().forEach(input -> sourcesBelow(input, found));
    }

    private static String name(RelNode node) {
        return node.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT);
    }

    private static String describe(RelNode node) {
        if (node instanceof Filter filter) {
            return Readable.expression(filter.getCondition(), filter.getInput());
        }
        if (node instanceof Join join) {
            return join.getJoinType().lowerName + " on " + Readable.expression(join.getCondition(), join);
        }
        if (node instanceof Aggregate aggregate) {
            return Readable.aggregate(aggregate);
        }
        if (node instanceof Sort sort) {
            return Readable.sort(sort);
        }
        if (node instanceof Window window) {
            return Readable.window(window);
        }
        if (node instanceof SetOp set && set.all) {
            return "all";
        }
        if (node instanceof Project project) {
            return Readable.expressions(
                    project.getProjects().stream()
                            .filter(e -> !(e instanceof RexInputRef))
                            .toList(),
                    project.getInput());
        }
        return "";
    }
}
