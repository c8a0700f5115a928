package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Measures of one table's rows, by groups. Used for one plan. */
final class Totals {
    private final Request request;
    private final JoinGraph graph;
    private final PlanNodes nodes;
    private final OutputNames names;
    private final MeasureCalls calls;
    private final Relations relations;

    Totals(
            Request request,
            JoinGraph graph,
            PlanNodes nodes,
            OutputNames names,
            MeasureCalls calls,
            Relations relations) {
        this.request = request;
        this.graph = graph;
        this.nodes = nodes;
        this.names = names;
        this.calls = calls;
        this.relations = relations;
    }

    String group(List<Item> keys, TableName of, List<Measure> measures, boolean several) {
        return group(keys, of, measures, several, request.filters());
    }

    String group(
            List<Item> keys, TableName of, List<Measure> measures, boolean several, List<Request.Condition> filters) {
        Set<TableName> shown = new LinkedHashSet<>();
        keys.forEach(
                key -> Request.columns(key).forEach(c -> shown.add(c.table().name())));
        if (measures.stream().anyMatch(Measure::isShare)) {
            request.shareConditions().stream()
                    .flatMap(c -> c.columns().stream())
                    .forEach(c -> shown.add(c.table().name()));
        }
        measures.forEach(m -> shown.add(m.of().name()));
        measures.forEach(m -> m.value()
                .ifPresent(v -> v.columns().forEach(c -> shown.add(c.table().name()))));
        measures.forEach(m -> m.only().stream()
                .flatMap(c -> c.columns().stream())
                .forEach(c -> shown.add(c.table().name())));
        Set<ColumnRef> columns = new LinkedHashSet<>();
        if (!several) {
            relations.paired(shown, columns);
        }
        Set<TableName> all = new LinkedHashSet<>(shown);
        filters.forEach(c -> all.add(c.table().name()));
        all.removeIf(t -> several
                && !shown.contains(t)
                && !JoinTree.of(graph, of, Set.of(t)).single().contains(t));
        relations.restricting().stream()
                .filter(t ->
                        !several || JoinTree.of(graph, of, Set.of(t)).single().contains(t))
                .forEach(all::add);
        JoinTree fromMeasure = JoinTree.of(graph, of, all);
        if (measures.stream().anyMatch(Measure::isShare)
                && request.shareConditions().isEmpty()
                && request.sharePairs.isEmpty()) {
            throw new NotUnderstood("a share of what?");
        }
        Set<TableName> single = fromMeasure.single();
        boolean repeats = shown.stream().anyMatch(t -> !single.contains(t));
        TableName base = repeats ? relations.finest(shown) : of;
        JoinTree tree = base.equals(of) ? fromMeasure : JoinTree.of(graph, base, all);
        keys.forEach(key -> columns.addAll(Request.columns(key)));
        measures.forEach(m -> columns.addAll(calls.arguments(m, base)));
        measures.forEach(m -> m.only().forEach(c -> columns.addAll(c.columns())));
        RelationDraft relation = relations.relation(
                tree,
                filters.stream().filter(c -> all.contains(c.table().name())).toList(),
                shown,
                relations.absent(),
                columns);
        String rows = relation.build();
        List<PlanNode.Column> projected = new ArrayList<>();
        keys.forEach(key -> projected.add(new PlanNode.Column(relations.expression(key, relation), names.of(key))));
        List<AggregateCall> aggregates = new ArrayList<>();
        for (Measure measure : measures) {
            aggregates.add(calls.call(measure, base, relation, projected));
        }
        if (projected.isEmpty()) {
            String input = rows;
            return nodes.add("totals", id -> new PlanNode.Aggregate(id, input, List.of(), aggregates));
        }
        String input = rows;
        String prepared = nodes.add("prepared", id -> new PlanNode.Project(id, input, projected));
        List<String> by = keys.stream().map(names::of).toList();
        return nodes.add("totals", id -> new PlanNode.Aggregate(id, prepared, by, aggregates));
    }
}
