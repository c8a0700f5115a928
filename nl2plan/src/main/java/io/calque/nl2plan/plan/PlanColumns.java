package io.calque.nl2plan.plan;

import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns that each node of a document gives out, and which column of a table each is where it is just that. */
public final class PlanColumns implements PlanVisitor<List<PlanColumns.Output>> {
    private final PlanTables tables;
    private final Map<String, List<Output>> known = new HashMap<>();

    private PlanColumns(PlanTables tables) {
        this.tables = tables;
    }

    /**
     * By node id, in the document's order.
     *
     * @throws QueryException INVALID_PLAN for an unknown table
     */
    public static Map<String, List<Output>> of(PlanDocument plan, PlanTables tables) {
        PlanColumns columns = new PlanColumns(tables);
        Map<String, List<Output>> outputs = new LinkedHashMap<>();
        for (PlanNode node : plan.nodes()) {
            List<Output> output = List.copyOf(node.accept(columns));
            columns.known.put(node.id(), output);
            outputs.put(node.id(), output);
        }
        return outputs;
    }

    /** A column given out. */
    public record Output(String name, Optional<Origin> origin) {}

    /** A column of a table. */
    public record Origin(TableName table, String column) {}

    private List<Output> input(String id) {
        return known.getOrDefault(id, List.of());
    }

    @Override
    public List<Output> scan(PlanNode.Scan node) {
        var table = tables.find(node.table())
                .orElseThrow(
                        () -> PlanGraph.invalid("Node '" + node.id() + "': there is no table '" + node.table() + "'"));
        List<Output> all = table.columns().stream()
                .map(c -> new Output(c.name(), Optional.of(new Origin(table.name(), c.name()))))
                .toList();
        return node.columns().isEmpty() ? all : projected(node.columns(), all);
    }

    @Override
    public List<Output> metric(PlanNode.Metric node) {
        throw PlanGraph.invalid("Node '" + node.id() + "': there is no metric '" + node.metric() + "'");
    }

    @Override
    public List<Output> filter(PlanNode.Filter node) {
        return input(node.input());
    }

    @Override
    public List<Output> project(PlanNode.Project node) {
        return projected(node.columns(), input(node.input()));
    }

    private static List<Output> projected(List<PlanNode.Column> columns, List<Output> input) {
        return columns.stream()
                .map(column -> new Output(column.as(), origin(column.expression(), input)))
                .toList();
    }

    /** A number written as text tells rows apart as the number does. */
    private static String bare(String expression) {
        String text = expression.strip();
        return text.matches("CAST\\(\"[^\"]+\" AS VARCHAR\\)") ? text.substring(5, text.length() - 12) : text;
    }

    private static Optional<Origin> origin(String expression, List<Output> input) {
        String text = bare(expression);
        return input.stream()
                .filter(o -> text.equals(SqlNames.quoted(o.name())) || text.equalsIgnoreCase(o.name()))
                .findFirst()
                .flatMap(Output::origin);
    }

    @Override
    public List<Output> join(PlanNode.Join node) {
        List<Output> left = input(node.left());
        if (node.type() == PlanNode.JoinType.SEMI || node.type() == PlanNode.JoinType.ANTI) {
            return left;
        }
        List<Output> both = new ArrayList<>(left);
        List<String> names = joined(node.right(), left, input(node.right()));
        for (int i = 0; i < names.size(); i++) {
            both.add(new Output(names.get(i), input(node.right()).get(i).origin()));
        }
        return both;
    }

    /** What a join calls the columns of its right side. */
    public static List<String> joined(String rightId, List<Output> left, List<Output> right) {
        Set<String> taken = new HashSet<>();
        left.forEach(o -> taken.add(o.name().toLowerCase(Locale.ROOT)));
        List<String> names = new ArrayList<>();
        for (Output output : right) {
            String name = output.name();
            while (!taken.add(name.toLowerCase(Locale.ROOT))) {
                name = rightId + "_" + name;
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public List<Output> aggregate(PlanNode.Aggregate node) {
        List<Output> output = new ArrayList<>();
        for (String key : node.groupBy()) {
            output.add(input(node.input()).stream()
                    .filter(o -> o.name().equalsIgnoreCase(key))
                    .findFirst()
                    .orElse(new Output(key, Optional.empty())));
        }
        node.aggregates().forEach(call -> output.add(new Output(call.as(), Optional.empty())));
        return output;
    }

    @Override
    public List<Output> window(PlanNode.Window node) {
        List<Output> output = new ArrayList<>(input(node.input()));
        node.windows().forEach(call -> output.add(new Output(call.as(), Optional.empty())));
        return output;
    }

    @Override
    public List<Output> sort(PlanNode.Sort node) {
        return input(node.input());
    }

    @Override
    public List<Output> distinct(PlanNode.Distinct node) {
        return input(node.input());
    }

    @Override
    public List<Output> setOperation(PlanNode.SetOperation node) {
        return input(node.inputs().get(0)).stream()
                .map(o -> new Output(o.name(), Optional.empty()))
                .toList();
    }

    @Override
    public List<Output> values(PlanNode.Values node) {
        return node.columns().stream()
                .map(c -> new Output(c.as(), Optional.empty()))
                .toList();
    }
}
