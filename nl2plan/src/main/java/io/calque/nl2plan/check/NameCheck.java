package io.calque.nl2plan.check;

import io.calque.nl2plan.plan.PlanColumns;
import io.calque.nl2plan.plan.PlanColumns.Output;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.plan.PlanVisitor;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.translate.Expressions;
import io.calque.spi.catalog.ColumnDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every column named exists in the inputs, every expression is scalar, every output has a name of its own. Used for one document. */
final class NameCheck implements PlanVisitor<List<Finding>> {
    private final Map<String, List<Output>> columns;
    private final PlanTables tables;

    NameCheck(Map<String, List<Output>> columns, PlanTables tables) {
        this.columns = columns;
        this.tables = tables;
    }

    private List<String> names(String id) {
        return columns.getOrDefault(id, List.of()).stream().map(Output::name).toList();
    }

    /** Collects findings at one node. */
    private final class At {
        private final PlanNode node;
        private final List<Finding> findings = new ArrayList<>();

        At(PlanNode node) {
            this.node = node;
        }

        void error(String message) {
            findings.add(new Finding(node.id(), Finding.Severity.ERROR, message));
        }

        void column(String name, List<String> known) {
            if (known.stream().noneMatch(name::equalsIgnoreCase)) {
                Optional<String> near = NearestName.of(name, known);
                error("column '" + name + "' is not among its inputs'"
                        + near.map(n -> "; did you mean '" + n + "'?").orElse(" " + known));
            }
        }

        void expression(String text, List<String> known) {
            try {
                Expressions.columns(text).forEach(named -> column(named.name(), known));
            } catch (IllegalArgumentException e) {
                error(String.valueOf(e.getMessage()));
            }
        }

        /** A scan may compute, too: every column that it names is one of the table's, the last steps of its name at least. */
        void scanned(String text, String table, List<String> known) {
            try {
                for (Expressions.Named named : Expressions.columns(text)) {
                    boolean has = known.stream()
                            .anyMatch(c -> named.name().equalsIgnoreCase(c)
                                    || named.name()
                                            .toLowerCase(Locale.ROOT)
                                            .endsWith("." + c.toLowerCase(Locale.ROOT)));
                    if (!has) {
                        error("column " + SqlNames.quoted(named.name()) + " does not exist in " + table
                                + NearestName.of(named.name(), known)
                                        .map(n -> "; did you mean '" + n + "'?")
                                        .orElse(""));
                    }
                }
            } catch (IllegalArgumentException e) {
                error(String.valueOf(e.getMessage()));
            }
        }

        List<Finding> done() {
            Set<String> seen = new HashSet<>();
            for (String name : names(node.id())) {
                if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    error("two columns are called '" + name + "'");
                }
            }
            return findings;
        }
    }

    @Override
    public List<Finding> scan(PlanNode.Scan node) {
        At at = new At(node);
        List<String> known = tables.find(node.table()).stream()
                .flatMap(t -> t.columns().stream())
                .map(ColumnDescriptor::name)
                .toList();
        for (int i = 0; i < node.columns().size(); i++) {
            String expression = node.columns().get(i).expression();
            if (columns.getOrDefault(node.id(), List.of()).get(i).origin().isEmpty()) {
                at.scanned(expression, node.table(), known);
            }
        }
        return at.done();
    }

    @Override
    public List<Finding> metric(PlanNode.Metric node) {
        return List.of();
    }

    @Override
    public List<Finding> filter(PlanNode.Filter node) {
        At at = new At(node);
        at.expression(node.where(), names(node.input()));
        return at.done();
    }

    @Override
    public List<Finding> project(PlanNode.Project node) {
        At at = new At(node);
        node.columns().forEach(c -> at.expression(c.expression(), names(node.input())));
        return at.done();
    }

    @Override
    public List<Finding> join(PlanNode.Join node) {
        At at = new At(node);
        node.on().forEach(on -> {
            at.column(on.left(), names(node.left()));
            at.column(on.right(), names(node.right()));
        });
        List<String> both = new ArrayList<>(names(node.left()));
        both.addAll(PlanColumns.joined(
                node.right(),
                columns.getOrDefault(node.left(), List.of()),
                columns.getOrDefault(node.right(), List.of())));
        node.where().ifPresent(where -> at.expression(where, both));
        return at.done();
    }

    @Override
    public List<Finding> aggregate(PlanNode.Aggregate node) {
        At at = new At(node);
        List<String> input = names(node.input());
        node.groupBy().forEach(key -> at.column(key, input));
        node.aggregates().forEach(call -> {
            if (call.argument().isEmpty() && call.function() != AggregateFunction.COUNT) {
                at.error(call.function() + " needs an argument");
            }
            call.argument().ifPresent(argument -> at.expression(argument, input));
            call.filter().ifPresent(filter -> at.expression(filter, input));
        });
        return at.done();
    }

    @Override
    public List<Finding> window(PlanNode.Window node) {
        At at = new At(node);
        List<String> input = names(node.input());
        node.windows().forEach(call -> {
            call.argument().ifPresent(argument -> at.expression(argument, input));
            call.partitionBy().forEach(key -> at.column(key, input));
            call.orderBy().forEach(key -> at.expression(key.expression(), input));
        });
        return at.done();
    }

    @Override
    public List<Finding> sort(PlanNode.Sort node) {
        At at = new At(node);
        node.orderBy().forEach(key -> at.expression(key.expression(), names(node.input())));
        return at.done();
    }

    @Override
    public List<Finding> distinct(PlanNode.Distinct node) {
        return List.of();
    }

    @Override
    public List<Finding> setOperation(PlanNode.SetOperation node) {
        At at = new At(node);
        int width = names(node.inputs().get(0)).size();
        node.inputs().stream()
                .filter(input -> names(input).size() != width)
                .forEach(input ->
                        at.error("input '" + input + "' has " + names(input).size() + " columns, the first " + width));
        return at.done();
    }

    @Override
    public List<Finding> values(PlanNode.Values node) {
        return new At(node).done();
    }
}
