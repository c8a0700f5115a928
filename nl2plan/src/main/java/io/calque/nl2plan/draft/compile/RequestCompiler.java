package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Ranked;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.WindowCall;
import io.calque.nl2plan.plan.PlanNode.WindowFunction;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** From a request to a plan document. Measures of tables that would repeat one another's rows are computed apart and joined. Used once. */
public final class RequestCompiler {
    private final Request request;
    private final Context context;
    private final JoinGraph graph;
    private final Map<TableName, TableDescriptor> tables;
    private final PlanNodes nodes;
    private final OutputNames names = new OutputNames();
    private final Relations relations;
    private final Totals totals;
    private final AnswerShape shape;

    public RequestCompiler(Request request, Context context, JoinGraph graph, List<TableDescriptor> readable) {
        this(request, context, graph, new LinkedHashMap<>(), new PlanNodes());
        readable.forEach(t -> tables.put(t.name(), t));
    }

    private RequestCompiler(
            Request request,
            Context context,
            JoinGraph graph,
            Map<TableName, TableDescriptor> tables,
            PlanNodes nodes) {
        this.request = request;
        this.context = context;
        this.graph = graph;
        this.tables = tables;
        this.nodes = nodes;
        this.relations = new Relations(request, graph, tables, nodes, this::rowsOf, this::rowsOf);
        MeasureCalls calls = new MeasureCalls(request, context, names);
        this.totals = new Totals(request, graph, nodes, names, calls, relations);
        this.shape = new AnswerShape(request, nodes, names);
    }

    /** What another request gives, beside the nodes of this one. */
    private RelationDraft.Rows rowsOf(Request other) {
        RequestCompiler compiler = new RequestCompiler(other, context, graph, tables, nodes);
        String id = compiler.rows();
        return new RelationDraft.Rows(
                id, other.outputs.stream().map(compiler.names::of).toList());
    }

    private RelationDraft.Rows rowsOf(Request.Listed listed) {
        if (listed instanceof Request.Listing listing) {
            return rowsOf(listing.request());
        }
        Request.Together together = (Request.Together) listed;
        List<RelationDraft.Rows> parts =
                together.parts().stream().map(this::rowsOf).toList();
        String id = nodes.add(
                "together",
                newId -> new PlanNode.SetOperation(
                        newId,
                        together.kind(),
                        parts.stream().map(RelationDraft.Rows::id).toList(),
                        Duplicates.REMOVE));
        return new RelationDraft.Rows(id, parts.get(0).columns());
    }

    /**
     * @throws NotUnderstood when the tables are not related, or an answer would count rows more than once
     */
    public PlanDocument compile(String interpretation) {
        String rows = rows();
        return new PlanDocument(interpretation, request.assumptions, Optional.empty(), nodes.all(), rows);
    }

    private String rows() {
        return request.measures().isEmpty() ? listed() : aggregated();
    }

    private String listed() {
        List<Item> items = new ArrayList<>(request.outputs);
        request.orders.forEach(o -> {
            if (!items.contains(o.item())) {
                items.add(o.item());
            }
        });
        // what is made of all rows comes when they are there
        List<Item> made = items.stream().filter(Request::isMade).toList();
        made.stream()
                .filter(i -> i instanceof Ranked)
                .map(i -> ((Ranked) i).by())
                .filter(i -> !items.contains(i))
                .forEach(items::add);
        items.removeAll(made);
        Set<ColumnRef> columns = new LinkedHashSet<>();
        items.forEach(item -> columns.addAll(Request.columns(item)));
        Set<TableName> shown = new LinkedHashSet<>();
        request.subject
                .filter(s -> items.stream()
                        .anyMatch(i -> Request.column(i).table().name().equals(s.name())))
                .ifPresent(s -> shown.add(s.name()));
        columns.forEach(c -> shown.add(c.table().name()));
        relations.paired(shown, columns);
        TableName base = relations.finest(shown);
        Set<TableName> all = new LinkedHashSet<>(shown);
        all.addAll(relations.restricting());
        RelationDraft relation = relations.relation(
                JoinTree.of(graph, base, all), request.filters(), shown, relations.absent(), columns);
        String rows = relation.build();
        List<PlanNode.Column> projected = new ArrayList<>();
        for (Item item : items) {
            projected.add(new PlanNode.Column(relations.expression(item, relation), names.of(item)));
        }
        String input = rows;
        rows = nodes.add("shown", id -> new PlanNode.Project(id, input, projected));
        boolean onlyShown = made.isEmpty() && items.size() == request.outputs.size();
        if (request.distinctness == Distinctness.DISTINCT && onlyShown) {
            String repeated = rows;
            rows = nodes.add("once", id -> new PlanNode.Distinct(id, repeated));
        }
        return shape.finished(rows, onlyShown);
    }

    private String aggregated() {
        if (request.averagedOver.isPresent()) {
            return averaged(request.averagedOver.get());
        }
        Optional<TableDescriptor> counted = countedGroups();
        List<Item> keys = counted.isEmpty()
                ? request.keys()
                : context.rows().key(counted.get()).stream()
                        .<Item>map(Attribute::new)
                        .toList();
        List<Measure> measures = counted.isEmpty()
                ? request.measures()
                : request.having.stream()
                        .flatMap(h -> h.measures().stream())
                        .distinct()
                        .toList();
        Map<TableName, List<Measure>> groups = new MeasureGroups(graph, measures).byBase();
        String rows = "";
        Optional<TableDescriptor> withZeros = request.zeros && counted.isEmpty() ? zeroGroups(keys) : Optional.empty();
        if (withZeros.isPresent()) {
            return shape.finished(groupsWithZeros(withZeros.get(), keys, groups), false);
        }
        for (Map.Entry<TableName, List<Measure>> group : groups.entrySet()) {
            String next = totals.group(keys, group.getKey(), group.getValue(), groups.size() > 1);
            rows = rows.isEmpty() ? next : joined(rows, next, keys);
        }
        rows = filled(rows, keys, measures);
        if (!request.having.isEmpty()) {
            rows = kept(rows);
        }
        if (counted.isPresent()) {
            String input = rows;
            return nodes.add(
                    "counted",
                    id -> new PlanNode.Aggregate(
                            id,
                            input,
                            List.of(),
                            List.of(AggregateCall.of(
                                    AggregateFunction.COUNT, Optional.empty(), names.of(request.outputs.get(0))))));
        }
        return shape.finished(rows, false);
    }

    private String averaged(TableDescriptor over) {
        List<Item> key =
                context.rows().key(over).stream().<Item>map(Attribute::new).toList();
        if (key.isEmpty() || request.measures().size() != 1 || !request.having.isEmpty()) {
            throw new NotUnderstood("an average over " + over.name().table() + " of what?");
        }
        Measure measure = request.measures().get(0);
        String figures = totals.group(key, measure.of().name(), List.of(measure), false);
        String name = SqlNames.quoted(names.of(measure));
        String exact = nodes.add(
                "numbers",
                id -> new PlanNode.Project(
                        id, figures, List.of(new PlanNode.Column("1.0 * " + name, names.of(measure)))));
        return nodes.add(
                "answer",
                id -> new PlanNode.Aggregate(
                        id,
                        exact,
                        List.of(),
                        List.of(AggregateCall.of(
                                AggregateFunction.AVG, Optional.of(name), "average_" + names.of(measure)))));
    }

    /** The one table whose rows are the groups. */
    private Optional<TableDescriptor> zeroGroups(List<Item> keys) {
        List<TableDescriptor> of =
                keys.stream().map(k -> Request.column(k).table()).distinct().toList();
        return of.size() == 1
                        && request.having.isEmpty()
                        && !context.rows().key(of.get(0)).isEmpty()
                ? Optional.of(of.get(0))
                : Optional.empty();
    }

    /** All groups, beside the totals of those that have rows. What is said of a group restricts the groups, all else what is counted. */
    private String groupsWithZeros(TableDescriptor table, List<Item> keys, Map<TableName, List<Measure>> measures) {
        List<Item> key =
                context.rows().key(table).stream().<Item>map(Attribute::new).toList();
        Set<ColumnRef> columns = new LinkedHashSet<>();
        keys.forEach(k -> columns.addAll(Request.columns(k)));
        context.rows().key(table).forEach(columns::add);
        Set<TableName> ofGroup = new LinkedHashSet<>();
        request.filters().stream()
                .map(c -> c.column().table().name())
                .filter(t ->
                        JoinTree.of(graph, table.name(), Set.of(t)).single().contains(t))
                .forEach(ofGroup::add);
        Set<TableName> all = new LinkedHashSet<>(ofGroup);
        all.add(table.name());
        RelationDraft relation = relations.relation(
                JoinTree.of(graph, table.name(), all),
                request.filters().stream()
                        .filter(c -> all.contains(c.table().name()))
                        .toList(),
                Set.of(table.name()),
                Set.of(),
                columns);
        String base = relation.build();
        List<PlanNode.Column> shown = new ArrayList<>();
        List<Item> both = new ArrayList<>(keys);
        key.stream().filter(k -> !both.contains(k)).forEach(both::add);
        both.forEach(k -> shown.add(new PlanNode.Column(relations.expression(k, relation), names.of(k))));
        String rows = nodes.add("groups", id -> new PlanNode.Project(id, base, shown));
        List<PlanNode.Column> filled = new ArrayList<>();
        both.forEach(k -> filled.add(PlanNode.Column.kept(names.of(k))));
        for (Map.Entry<TableName, List<Measure>> group : measures.entrySet()) {
            String figures = totals.group(key, group.getKey(), group.getValue(), measures.size() > 1);
            rows = joined(rows, figures, key);
            for (Measure measure : group.getValue()) {
                String name = SqlNames.quoted(names.of(measure));
                boolean adds =
                        measure.function() == AggregateFunction.COUNT || measure.function() == AggregateFunction.SUM;
                filled.add(new PlanNode.Column(adds ? "COALESCE(" + name + ", 0)" : name, names.of(measure)));
            }
        }
        String joined = rows;
        return nodes.add("with_zeros", id -> new PlanNode.Project(id, joined, filled));
    }

    /** "how many customers have more than five orders": not orders are counted but customers that are kept. */
    private Optional<TableDescriptor> countedGroups() {
        boolean one = request.outputs.size() == 1
                && request.outputs.get(0) instanceof Measure measure
                && measure.function() == AggregateFunction.COUNT
                && measure.column().isEmpty()
                && request.having.stream()
                        .flatMap(h -> h.measures().stream())
                        .noneMatch(m -> m.of().name().equals(measure.of().name()));
        return one && !request.having.isEmpty()
                ? Optional.of(((Measure) request.outputs.get(0)).of())
                : Optional.empty();
    }

    /** Of no rows a sum is zero where it is held beside another. */
    private String filled(String rows, List<Item> keys, List<Measure> measures) {
        if (measures.stream().noneMatch(m -> m.adds() && !m.only().isEmpty())) {
            return rows;
        }
        List<PlanNode.Column> columns = new ArrayList<>();
        keys.forEach(k -> columns.add(PlanNode.Column.kept(names.of(k))));
        for (Measure measure : measures) {
            String name = SqlNames.quoted(names.of(measure));
            columns.add(new PlanNode.Column(
                    measure.adds() && !measure.only().isEmpty() ? "COALESCE(" + name + ", 0)" : name,
                    names.of(measure)));
        }
        return nodes.add("filled", id -> new PlanNode.Project(id, rows, columns));
    }

    /** The groups whose figures pass. */
    private String kept(String groups) {
        String rows = shape.made(
                groups,
                request.having.stream()
                        .map(Having::figure)
                        .filter(Request::isMade)
                        .distinct()
                        .toList());
        List<String> conditions = new ArrayList<>();
        for (Having having : request.having) {
            String name = SqlNames.quoted(names.of(having.figure()));
            String against;
            if (having.against() instanceof Request.Fixed fixed) {
                against = fixed.number().toPlainString();
            } else if (having.against() instanceof Request.Other other) {
                against = SqlNames.quoted(names.of(other.measure()));
            } else if (having.against() instanceof Request.Groups) {
                String average = "average_of_" + names.of(having.figure());
                String input = rows;
                WindowCall call = new WindowCall(
                        WindowFunction.AVG,
                        Optional.of("1.0 * " + name),
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        average);
                rows = nodes.add("beside_average", id -> new PlanNode.Window(id, input, List.of(call)));
                against = SqlNames.quoted(average);
            } else {
                String input = rows;
                if (!(having.figure() instanceof Measure measure)) {
                    throw new NotUnderstood("the same figure of other rows is not computed");
                }
                String other = ofRows(measure, ((Request.Rows) having.against()).conditions());
                rows = nodes.add(
                        "beside_others",
                        id -> new PlanNode.Join(
                                id, input, other, PlanNode.JoinType.INNER, List.of(), Optional.empty()));
                against = "\"compared\"";
            }
            conditions.add(name + " " + having.comparison().sql() + " " + against);
        }
        String all = rows;
        return nodes.add("kept", id -> new PlanNode.Filter(id, all, String.join(" AND ", conditions)));
    }

    /** A figure of other rows, in a column {@code compared}: what is said of their tables here stands in place of what the question says. */
    private String ofRows(Measure measure, List<Request.Condition> conditions) {
        List<Request.Condition> filters = new ArrayList<>(request.filters());
        filters.removeIf(f -> conditions.stream()
                .anyMatch(c -> c.column().table().name().equals(f.table().name())));
        filters.addAll(conditions);
        String total = totals.group(List.of(), measure.of().name(), List.of(measure), false, filters);
        return nodes.add(
                "others",
                id -> new PlanNode.Project(
                        id, total, List.of(new PlanNode.Column(SqlNames.quoted(names.of(measure)), "compared"))));
    }

    /** Totals of another table beside those there are; a group without rows there has none. */
    private String joined(String left, String right, List<Item> keys) {
        List<PlanNode.On> on = keys.stream()
                .map(key -> PlanNode.On.equal(names.of(key), names.of(key)))
                .toList();
        String both = nodes.add(
                "both", id -> new PlanNode.Join(id, left, right, PlanNode.JoinType.LEFT, on, Optional.empty()));
        return both;
    }
}
