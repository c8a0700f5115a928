package io.calque.nl2plan.ontology;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Column;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNode.On;
import io.calque.nl2plan.plan.PlanNode.Project;
import io.calque.nl2plan.plan.PlanNode.Scan;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.nl2plan.translate.Expressions;
import io.calque.nl2plan.translate.Subqueries;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that tables do not have and an ontology defines: the planner reads them like any other, and afterwards they are computed in the
 * plan. Immutable.
 */
final class ComputedColumns {
    private final OntologyNames names;
    private final JoinGraph graph;
    private final Map<TableName, Map<String, Computed>> byTable = new LinkedHashMap<>();

    private record Computed(ColumnDescriptor column, String sql) {}

    ComputedColumns(OntologyNames names, JoinGraph graph) {
        this.names = names;
        this.graph = graph;
    }

    /** Adds a column, under its name or one like it that is free. */
    ColumnDescriptor add(TableDescriptor table, String name, DataType type, String sql) {
        Map<String, Computed> own = byTable.computeIfAbsent(table.name(), t -> new LinkedHashMap<>());
        String free = name;
        for (int i = 2; own.containsKey(free) || hasColumn(table, free); i++) {
            free = name + " " + i;
        }
        ColumnDescriptor column = ColumnDescriptor.of(free, type, "computed", Nullability.NULLABLE);
        own.put(free, new Computed(column, sql));
        return column;
    }

    private static boolean hasColumn(TableDescriptor table, String name) {
        return table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
    }

    /** A date of a table that rows of this one refer to, for a table that has none. */
    Optional<ColumnDescriptor> borrowedTime(TableDescriptor table) {
        if (table.columns().stream().anyMatch(ComputedColumns::temporal)) {
            return Optional.empty();
        }
        for (Edge edge : graph.edges()) {
            Optional<TableDescriptor> other =
                    edge.many().equals(table.name()) ? names.table(SqlNames.table(edge.one())) : Optional.empty();
            Optional<ColumnDescriptor> date = other.flatMap(
                    o -> o.columns().stream().filter(ComputedColumns::temporal).findFirst());
            if (date.isPresent()) {
                String sql = SqlNames.table(edge.one()) + "."
                        + SqlNames.quoted(date.get().name());
                return Optional.of(add(table, date.get().name(), date.get().type(), sql));
            }
        }
        return Optional.empty();
    }

    private static boolean temporal(ColumnDescriptor column) {
        return switch (column.type().kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
            default -> false;
        };
    }

    boolean isEmpty() {
        return byTable.isEmpty();
    }

    /** The table with its computed columns behind the others. */
    TableDescriptor with(TableDescriptor table) {
        Map<String, Computed> own = byTable.getOrDefault(table.name(), Map.of());
        if (own.isEmpty()) {
            return table;
        }
        List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
        own.values().forEach(c -> columns.add(c.column()));
        return new TableDescriptor(
                table.name(),
                table.kind(),
                columns,
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys(),
                table.indexes(),
                table.nestedIn(),
                table.statistics(),
                table.comment(),
                table.facts());
    }

    /** The plan with each computed column computed from the table's own. */
    PlanDocument resolved(PlanDocument plan) {
        if (isEmpty()) {
            return plan;
        }
        Set<String> ids = new HashSet<>();
        plan.nodes().forEach(node -> ids.add(node.id()));
        List<PlanNode> nodes = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof Scan scan) {
                resolve(scan, nodes, ids);
            } else {
                nodes.add(node);
            }
        }
        return new PlanDocument(plan.interpretation(), plan.assumptions(), plan.clarification(), nodes, plan.root());
    }

    private void resolve(Scan scan, List<PlanNode> nodes, Set<String> ids) {
        Optional<TableDescriptor> table = names.table(scan.table());
        Map<String, Computed> own =
                table.map(t -> byTable.getOrDefault(t.name(), Map.of())).orElse(Map.of());
        boolean computed = scan.columns().stream().anyMatch(c -> own.containsKey(name(c)));
        if (table.isEmpty() || !computed) {
            nodes.add(scan);
            return;
        }
        new Resolution(table.get(), scan, own, nodes, ids).resolve();
    }

    private static String name(Column column) {
        return String.join(".", SqlNames.parts(column.expression()));
    }

    /** One scan taken apart: its rows, the rows of tables that expressions name, and a projection under the scan's id. */
    private final class Resolution {
        private final TableDescriptor table;
        private final Scan scan;
        private final Map<String, Computed> own;
        private final List<PlanNode> nodes;
        private final Set<String> ids;
        private final Map<TableName, Map<String, String>> needed = new LinkedHashMap<>();
        private final Set<String> taken = new HashSet<>();
        private final Map<String, Subqueries.Figure> figures = new LinkedHashMap<>();

        Resolution(TableDescriptor table, Scan scan, Map<String, Computed> own, List<PlanNode> nodes, Set<String> ids) {
            this.table = table;
            this.scan = scan;
            this.own = own;
            this.nodes = nodes;
            this.ids = ids;
        }

        void resolve() {
            List<Column> projected = new ArrayList<>();
            for (Column column : scan.columns()) {
                Computed computed = own.get(name(column));
                String expression = computed == null
                        ? SqlNames.quoted(need(table.name(), name(column)))
                        : Expressions.rewrite(apart(computed.sql()), this::needed);
                projected.add(new Column(expression, column.as()));
            }
            Set<TableName> others = new LinkedHashSet<>(needed.keySet());
            others.add(table.name());
            List<Edge> edges = path(others);
            edges.forEach(edge -> {
                edge.manyColumns().forEach(c -> need(edge.many(), c));
                edge.oneColumns().forEach(c -> need(edge.one(), c));
            });
            String rows = scanned(table.name());
            Set<TableName> joined = new HashSet<>(Set.of(table.name()));
            for (Edge edge : edges) {
                rows = joined(rows, edge);
                joined.add(edge.one());
            }
            for (Map.Entry<String, Subqueries.Figure> figure : figures.entrySet()) {
                rows = new SubqueryNodes(names, nodes, this::id)
                        .joined(rows, figure.getKey(), figure.getValue(), table, this::needed);
            }
            nodes.add(new Project(scan.id(), rows, projected));
        }

        /** The expression with its queries' figures by the names that they get here. */
        private String apart(String sql) {
            if (!Subqueries.occurIn(sql)) {
                return sql;
            }
            Subqueries apart = Subqueries.of(sql, (name, column) -> names.has(name, table, column));
            String text = apart.text();
            for (Subqueries.Figure figure : apart.figures()) {
                String name = free("figure");
                figures.put(name, figure);
                figure.outer().forEach(this::needed);
                text = text.replace(SqlNames.quoted(figure.name()), SqlNames.quoted(name));
            }
            return text;
        }

        private String needed(String written) {
            if (figures.containsKey(written)) {
                return SqlNames.quoted(written);
            }
            OntologyNames.Found found = names.column(table, written);
            return SqlNames.quoted(need(found.table().name(), found.column().name()));
        }

        private String need(TableName of, String column) {
            return needed.computeIfAbsent(of, t -> new LinkedHashMap<>())
                    .computeIfAbsent(column, c -> free(of.equals(table.name()) ? c : of.table() + "_" + c));
        }

        private String free(String wish) {
            String name = wish;
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = wish + "_" + i;
            }
            return name;
        }

        /** From the table to those that its expressions name, each reached by a reference, so that no row is repeated. */
        private List<Edge> path(Set<TableName> others) {
            List<Edge> ordered = new ArrayList<>();
            Set<TableName> reached = new HashSet<>(Set.of(table.name()));
            List<Edge> open = new ArrayList<>(graph.connect(others).orElse(List.of()));
            boolean grown = true;
            while (grown) {
                grown = false;
                for (Edge edge : List.copyOf(open)) {
                    if (reached.contains(edge.many())) {
                        reached.add(edge.one());
                        ordered.add(edge);
                        open.remove(edge);
                        grown = true;
                    }
                }
            }
            if (!reached.containsAll(others)) {
                throw new IllegalArgumentException(
                        "an expression of " + table.name() + " names columns of a table that its rows do not refer to");
            }
            return ordered;
        }

        private String scanned(TableName of) {
            List<Column> columns = new ArrayList<>();
            needed.getOrDefault(of, new HashMap<>())
                    .forEach((column, as) -> columns.add(new Column(SqlNames.quoted(column), as)));
            if (columns.isEmpty()) {
                String first = table.columns().get(0).name();
                columns.add(new Column(SqlNames.quoted(first), first));
            }
            String id = id(of.equals(table.name()) ? scan.id() + "_rows" : scan.id() + "_" + of.table());
            nodes.add(new Scan(id, SqlNames.table(of), columns));
            return id;
        }

        private String joined(String rows, Edge edge) {
            String other = scanned(edge.one());
            List<On> on = new ArrayList<>();
            for (int i = 0; i < edge.manyColumns().size(); i++) {
                on.add(On.equal(
                        need(edge.many(), edge.manyColumns().get(i)),
                        need(edge.one(), edge.oneColumns().get(i))));
            }
            String id = id(scan.id() + "_with_" + edge.one().table());
            nodes.add(new PlanNode.Join(id, rows, other, JoinType.LEFT, on, Optional.empty()));
            return id;
        }

        private String id(String wish) {
            String base = wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
            String id = base;
            for (int i = 2; !ids.add(id); i++) {
                id = base + "_" + i;
            }
            return id;
        }
    }
}
