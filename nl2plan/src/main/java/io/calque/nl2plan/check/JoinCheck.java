package io.calque.nl2plan.check;

import io.calque.nl2plan.plan.PlanColumns.Origin;
import io.calque.nl2plan.plan.PlanColumns.Output;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.search.JoinGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins run along known relationships; one that does not is doubtful, not wrong. Used for one document. */
final class JoinCheck {
    private final Map<String, List<Output>> columns;
    private final JoinGraph graph;

    JoinCheck(Map<String, List<Output>> columns, JoinGraph graph) {
        this.columns = columns;
        this.graph = graph;
    }

    List<Finding> check(PlanDocument plan) {
        List<Finding> findings = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (!(node instanceof PlanNode.Join join)) {
                continue;
            }
            if (join.on().isEmpty() && join.where().isEmpty()) {
                findings.add(warning(join, "joins each row with each"));
            }
            for (PlanNode.On on : join.on()) {
                Optional<Origin> left = origin(join.left(), on.left());
                Optional<Origin> right = origin(join.right(), on.right());
                if (on.comparison() == PlanNode.Comparison.EQ
                        && left.isPresent()
                        && right.isPresent()
                        && !related(left.get(), right.get())) {
                    findings.add(warning(
                            join, "joins on " + on.left() + " = " + on.right() + ", which no relationship says"));
                }
            }
        }
        return findings;
    }

    private static Finding warning(PlanNode node, String message) {
        return new Finding(node.id(), Finding.Severity.WARNING, message);
    }

    private Optional<Origin> origin(String id, String column) {
        return columns.getOrDefault(id, List.of()).stream()
                .filter(o -> o.name().equalsIgnoreCase(column))
                .findFirst()
                .flatMap(Output::origin);
    }

    private boolean related(Origin a, Origin b) {
        return a.equals(b) || graph.edges().stream().anyMatch(edge -> pairs(edge, a, b) || pairs(edge, b, a));
    }

    private static boolean pairs(JoinGraph.Edge edge, Origin many, Origin one) {
        if (!edge.many().equals(many.table()) || !edge.one().equals(one.table())) {
            return false;
        }
        int at = edge.manyColumns().indexOf(many.column());
        return at >= 0 && edge.oneColumns().get(at).equals(one.column());
    }
}
