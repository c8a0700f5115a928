package io.calque.nl2plan.ontology;

import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Aggregate;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.Column;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNode.On;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.translate.Expressions;
import io.calque.nl2plan.translate.Subqueries.Figure;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Nodes that compute the figure of a query in an expression, once for each group, and put it beside the rows. Used for one plan. */
final class SubqueryNodes {
    private final OntologyNames names;
    private final List<PlanNode> nodes;
    private final UnaryOperator<String> ids;

    SubqueryNodes(OntologyNames names, List<PlanNode> nodes, UnaryOperator<String> ids) {
        this.names = names;
        this.nodes = nodes;
        this.ids = ids;
    }

    /**
     * The rows with the figure beside them; NULL where no row of the query meets one.
     *
     * @param outer what the rows call a column, quoted
     */
    String joined(String rows, String name, Figure figure, TableDescriptor table, UnaryOperator<String> outer) {
        TableDescriptor of = names.table(figure.table(), table)
                .orElseThrow(() -> new IllegalArgumentException(names.unknownTable(figure.table())));
        Map<String, String> read = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        figure.by().forEach(column -> keys.add(read(column, of, name, read)));
        Optional<String> where = figure.where().map(w -> rewritten(w, of, name, read));
        Optional<String> argument = figure.argument().map(a -> rewritten(a, of, name, read));
        List<Column> columns = new ArrayList<>();
        read.forEach((column, as) -> columns.add(new Column(SqlNames.quoted(column), as)));
        String input =
                add(name + "_" + of.name().table(), id -> new PlanNode.Scan(id, SqlNames.table(of.name()), columns));
        if (where.isPresent()) {
            String all = input;
            input = add(name + "_wanted", id -> new PlanNode.Filter(id, all, where.get()));
        }
        String kept = input;
        String totals = add(
                name + "_each",
                id -> new Aggregate(id, kept, keys, List.of(AggregateCall.of(figure.function(), argument, name))));
        List<On> on = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            on.add(On.equal(SqlNames.parts(outer.apply(figure.outer().get(i))).get(0), keys.get(i)));
        }
        return add(
                table.name().table() + "_with_" + name,
                id -> new PlanNode.Join(id, rows, totals, JoinType.LEFT, on, Optional.empty()));
    }

    private String rewritten(String expression, TableDescriptor of, String name, Map<String, String> read) {
        return Expressions.rewrite(expression, column -> SqlNames.quoted(read(column, of, name, read)));
    }

    private String read(String written, TableDescriptor of, String name, Map<String, String> read) {
        String column = names.column(of, written).column().name();
        return read.computeIfAbsent(column, c -> name + "_" + c);
    }

    private String add(String wish, java.util.function.Function<String, PlanNode> node) {
        String id = ids.apply(wish);
        nodes.add(node.apply(id));
        return id;
    }
}
