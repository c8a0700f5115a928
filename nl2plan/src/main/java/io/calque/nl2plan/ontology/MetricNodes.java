package io.calque.nl2plan.ontology;

import io.calque.nl2plan.check.NearestName;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Aggregate;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Column;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.Project;
import io.calque.nl2plan.plan.PlanNode.Scan;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.translate.Expressions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Metric nodes of a plan, told in other nodes: the rows of the metric's table with what they are grouped by, and the aggregate over them.
 *
 * <pre>
 * metric revenue by geography
 * aggregate sum(revenue) by geography > project total as revenue, country as geography > join > scan invoice, customer
 * </pre>
 *
 * Immutable.
 *
 * @param metrics that the asker knows, those of the asker's role first
 * @param dimensions likewise
 */
record MetricNodes(List<Metric> metrics, List<Dimension> dimensions, OntologyNames names, JoinGraph graph) {
    MetricNodes {
        metrics = List.copyOf(metrics);
        dimensions = List.copyOf(dimensions);
    }

    /**
     * @throws QueryException INVALID_PLAN for a metric or a group that is not known, with the nearest name
     */
    PlanDocument expanded(PlanDocument plan) {
        if (plan.nodes().stream().noneMatch(PlanNode.Metric.class::isInstance)) {
            return plan;
        }
        ComputedColumns computed = new ComputedColumns(names, graph);
        List<PlanNode> nodes = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Metric metric) {
                try {
                    nodes.addAll(expanded(metric, computed));
                } catch (IllegalArgumentException e) {
                    throw new QueryException(
                            ErrorCode.INVALID_PLAN, "Node '" + metric.id() + "': " + e.getMessage(), e);
                }
            } else {
                nodes.add(node);
            }
        }
        return computed.resolved(
                new PlanDocument(plan.interpretation(), plan.assumptions(), plan.clarification(), nodes, plan.root()));
    }

    private List<PlanNode> expanded(PlanNode.Metric node, ComputedColumns computed) {
        Metric metric = metrics.stream()
                .filter(m -> isCalled(node.metric(), m.name(), m.synonyms()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no metric '" + node.metric() + "'"
                        + NearestName.of(
                                        node.metric(),
                                        metrics.stream().map(Metric::name).toList())
                                .map(n -> "; did you mean '" + n + "'?")
                                .orElse("")));
        TableDescriptor table = names.table(metric.table())
                .orElseThrow(() -> new IllegalArgumentException(names.unknownTable(metric.table())));
        List<Column> columns = new ArrayList<>();
        for (String group : node.groupBy()) {
            String column = computed.add(table, "group " + group, DataType.VARCHAR, grouped(group, table))
                    .name();
            columns.add(new Column(SqlNames.quoted(column), group));
        }
        AggregateText.Arithmetic arithmetic = AggregateText.Arithmetic.of(metric.sql());
        List<AggregateCall> calls = new ArrayList<>();
        List<String> figures = new ArrayList<>();
        for (AggregateText aggregate : arithmetic.aggregates()) {
            names.check(table, aggregate.perRow());
            String as = arithmetic.aggregates().size() == 1 ? metric.name() : metric.name() + " " + (calls.size() + 1);
            String column = computed.add(table, "figure " + as, DataType.decimal(38, 6), aggregate.perRow())
                    .name();
            columns.add(new Column(SqlNames.quoted(column), "value of " + as));
            calls.add(call(aggregate, "value of " + as, as));
            figures.add(SqlNames.quoted(as));
        }
        String rows = node.id() + "_grain";
        Scan scan = new Scan(rows, SqlNames.table(table.name()), columns);
        if (arithmetic.isPlain()) {
            return List.of(scan, new Aggregate(node.id(), rows, node.groupBy(), calls));
        }
        List<Column> shown =
                new ArrayList<>(node.groupBy().stream().map(Column::kept).toList());
        shown.add(new Column(arithmetic.with(figures), metric.name()));
        String totals = node.id() + "_totals";
        return List.of(scan, new Aggregate(totals, rows, node.groupBy(), calls), new Project(node.id(), totals, shown));
    }

    private static AggregateCall call(AggregateText aggregate, String value, String as) {
        boolean rows = aggregate.function().equals("COUNT") && !aggregate.distinct();
        // how many rows there are is the sum of what each contributes
        AggregateFunction function = rows ? AggregateFunction.SUM : AggregateFunction.valueOf(aggregate.function());
        return new AggregateCall(
                function,
                Optional.of(SqlNames.quoted(value)),
                aggregate.distinct() ? Duplicates.REMOVE : Duplicates.KEEP,
                Optional.empty(),
                Optional.empty(),
                as);
    }

    /** A level of a dimension, a dimension as its coarsest level, or a column that the metric's rows lead to. */
    private String grouped(String group, TableDescriptor table) {
        for (Dimension dimension : dimensions) {
            for (Level level : dimension.levels()) {
                if (isCalled(group, level.name(), level.synonyms())) {
                    return ofLevel(level);
                }
            }
            if (isCalled(group, dimension.name(), dimension.synonyms())) {
                return ofLevel(dimension.levels().get(0));
            }
        }
        OntologyNames.Found found = names.column(table, group);
        return SqlNames.table(found.table().name()) + "."
                + SqlNames.quoted(found.column().name());
    }

    private String ofLevel(Level level) {
        TableDescriptor table = names.table(level.table())
                .orElseThrow(() -> new IllegalArgumentException(names.unknownTable(level.table())));
        return Expressions.rewrite(
                level.column(),
                name -> SqlNames.table(table.name()) + "."
                        + SqlNames.quoted(names.column(table, name).column().name()));
    }

    private static boolean isCalled(String said, String name, List<String> synonyms) {
        return said.equalsIgnoreCase(name) || synonyms.stream().anyMatch(said::equalsIgnoreCase);
    }
}
