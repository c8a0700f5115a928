package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tables of a query as a tree of joins that grows from one of them. Immutable. */
public record JoinTree(TableName root, List<Edge> edges) {
    public JoinTree {
        edges = List.copyOf(edges);
    }

    /**
     * @throws NotUnderstood when the tables are not related
     */
    public static JoinTree of(JoinGraph graph, TableName root, Set<TableName> tables) {
        Set<TableName> all = new LinkedHashSet<>();
        all.add(root);
        all.addAll(tables);
        List<Edge> edges = graph.connect(all)
                .orElseThrow(() -> new NotUnderstood("these are not related: "
                        + String.join(", ", all.stream().map(TableName::table).toList())));
        return new JoinTree(root, edges);
    }

    /** Steps away from the root: each with the table it leads to. */
    public record Step(Edge edge, TableName to) {
        /** Whether a row of the table before may meet several of this. */
        public boolean multiplies() {
            return edge.many().equals(to);
        }
    }

    public List<Step> from(TableName table, TableName cameFrom) {
        List<Step> steps = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.many().equals(table) && !edge.one().equals(cameFrom)) {
                steps.add(new Step(edge, edge.one()));
            } else if (edge.one().equals(table) && !edge.many().equals(cameFrom)) {
                steps.add(new Step(edge, edge.many()));
            }
        }
        return steps;
    }

    /** All tables in the branch that a step leads to. */
    public Set<TableName> branch(TableName from, Step step) {
        Set<TableName> tables = new LinkedHashSet<>();
        tables.add(step.to());
        from(step.to(), from).forEach(next -> tables.addAll(branch(step.to(), next)));
        return tables;
    }

    /** Tables of which each row of the root meets at most one. */
    public Set<TableName> single() {
        Set<TableName> single = new LinkedHashSet<>();
        single.add(root);
        single(root, root, single);
        return single;
    }

    private void single(TableName table, TableName cameFrom, Set<TableName> single) {
        for (Step step : from(table, cameFrom)) {
            if (!step.multiplies()) {
                single.add(step.to());
                single(step.to(), table, single);
            }
        }
    }
}
