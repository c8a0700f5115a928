package io.calque.nl2plan.check;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNode.SetKind;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.plan.PlanVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What nothing bounds: rows of large tables put together each with each, which is an error, and answers of very many rows, which is worth a
 * word. Sizes are those of the registry's statistics; behind a condition, or without statistics, nothing is known and nothing said. Used for one
 * document.
 */
final class SizeCheck implements PlanVisitor<OptionalDouble> {
    private static final double MANY_PAIRS = 1e9;
    private static final double MANY_ROWS = 100_000;

    private final PlanTables tables;
    private final Map<String, OptionalDouble> sizes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    SizeCheck(PlanTables tables) {
        this.tables = tables;
    }

    List<Finding> check(PlanDocument plan) {
        plan.nodes().forEach(node -> sizes.put(node.id(), node.accept(this)));
        rows(plan.root()).ifPresent(rows -> {
            if (rows > MANY_ROWS) {
                findings.add(new Finding(
                        plan.root(),
                        Finding.Severity.WARNING,
                        "gives about " + number(rows) + " rows; 'the first 100' would give fewer"));
            }
        });
        return findings;
    }

    private static String number(double rows) {
        return String.format(Locale.ROOT, "%,.0f", rows);
    }

    private OptionalDouble rows(String id) {
        return sizes.getOrDefault(id, OptionalDouble.empty());
    }

    @Override
    public OptionalDouble scan(PlanNode.Scan node) {
        return tables.find(node.table()).map(t -> t.statistics().rowCount()).orElse(OptionalDouble.empty());
    }

    @Override
    public OptionalDouble metric(PlanNode.Metric node) {
        return node.groupBy().isEmpty() ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble filter(PlanNode.Filter node) {
        return OptionalDouble.empty();
    }

    @Override
    public OptionalDouble project(PlanNode.Project node) {
        return rows(node.input());
    }

    @Override
    public OptionalDouble join(PlanNode.Join node) {
        OptionalDouble left = rows(node.left());
        OptionalDouble right = rows(node.right());
        if (node.type() == JoinType.SEMI || node.type() == JoinType.ANTI) {
            return OptionalDouble.empty();
        }
        if (left.isEmpty() || right.isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean equal = node.on().stream().anyMatch(on -> on.comparison() == Comparison.EQ);
        // by an equality rows of the larger side mostly meet one of the other
        double pairs = left.getAsDouble() * right.getAsDouble();
        if (!equal && pairs > MANY_PAIRS) {
            findings.add(new Finding(
                    node.id(),
                    Finding.Severity.ERROR,
                    "compares each of " + number(left.getAsDouble()) + " rows with each of "
                            + number(right.getAsDouble()) + "; say by which columns they are equal"));
        }
        return OptionalDouble.of(equal ? Math.max(left.getAsDouble(), right.getAsDouble()) : pairs);
    }

    @Override
    public OptionalDouble aggregate(PlanNode.Aggregate node) {
        return node.groupBy().isEmpty() ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble window(PlanNode.Window node) {
        return rows(node.input());
    }

    @Override
    public OptionalDouble sort(PlanNode.Sort node) {
        OptionalDouble rows = rows(node.input());
        return node.limit().isPresent()
                ? OptionalDouble.of(Math.min(node.limit().getAsLong(), rows.orElse(Double.MAX_VALUE)))
                : rows;
    }

    @Override
    public OptionalDouble distinct(PlanNode.Distinct node) {
        return OptionalDouble.empty();
    }

    @Override
    public OptionalDouble setOperation(PlanNode.SetOperation node) {
        if (node.kind() != SetKind.UNION || node.duplicates() == PlanNode.Duplicates.REMOVE) {
            return OptionalDouble.empty();
        }
        List<OptionalDouble> all = node.inputs().stream().map(this::rows).toList();
        return all.stream().allMatch(OptionalDouble::isPresent)
                ? OptionalDouble.of(
                        all.stream().mapToDouble(OptionalDouble::getAsDouble).sum())
                : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble values(PlanNode.Values node) {
        return OptionalDouble.of(node.rows().size());
    }
}
