package io.calque.nl2plan.render;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.Column;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanNode.WindowCall;
import io.calque.nl2plan.plan.PlanVisitor;
import io.calque.nl2plan.plan.SqlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A plan narrated in English, a numbered sentence a step. A step that only leaves columns out is not told, and a condition on rows that nothing
 * else reads is told with them. Used for one document.
 *
 * <pre>
 * 1. Read sales.public.customer where country is 'Germany'.
 * 2. Count the rows of step 1 as customer_count.
 * </pre>
 */
final class PlanSteps implements PlanVisitor<String> {
    private final PlanDocument plan;
    private final Map<String, Integer> readers;
    /** By node: the step that its rows come from. */
    private final Map<String, Integer> steps = new HashMap<>();

    private PlanSteps(PlanDocument plan) {
        this.plan = plan;
        this.readers = plan.readers();
    }

    static String of(PlanDocument plan) {
        PlanSteps told = new PlanSteps(plan);
        List<String> lines = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (told.silent(node)) {
                told.steps.put(node.id(), told.steps.getOrDefault(node.inputs().get(0), lines.size()));
                continue;
            }
            if (told.belongsToScan(node)) {
                int step = told.step(node.inputs().get(0));
                String scan = lines.get(step - 1);
                lines.set(step - 1, scan.substring(0, scan.length() - 1) + " " + where((PlanNode.Filter) node) + ".");
                told.steps.put(node.id(), step);
                continue;
            }
            lines.add((lines.size() + 1) + ". " + node.accept(told) + ".");
            told.steps.put(node.id(), lines.size());
        }
        return String.join("\n", lines);
    }

    /** Columns that are kept as they are say nothing of the question, unless they are the answer. */
    private boolean silent(PlanNode node) {
        if (!(node instanceof PlanNode.Project project)) {
            return false;
        }
        return project.columns().stream().allMatch(PlanSteps::isKept)
                && !(node.id().equals(plan.root()) && !(plan.node(project.input()) instanceof PlanNode.Aggregate));
    }

    private static boolean isKept(Column column) {
        return column.expression().equals(SqlNames.quoted(column.as()))
                || column.expression().equals(column.as());
    }

    /** Whether it restricts rows of a table that nothing else reads. */
    private boolean belongsToScan(PlanNode node) {
        return node instanceof PlanNode.Filter filter
                && plan.node(filter.input()) instanceof PlanNode.Scan
                && readers.getOrDefault(filter.input(), 0) == 1;
    }

    private int step(String id) {
        return steps.getOrDefault(id, 0);
    }

    private String rows(String id) {
        return "step " + step(id);
    }

    @Override
    public String scan(PlanNode.Scan node) {
        return "Read " + node.table().replace("\"", "");
    }

    @Override
    public String metric(PlanNode.Metric node) {
        return "Take the metric " + node.metric()
                + (node.groupBy().isEmpty() ? "" : " for each " + and(node.groupBy()));
    }

    @Override
    public String filter(PlanNode.Filter node) {
        return "Keep the rows of " + rows(node.input()) + " " + where(node);
    }

    private static String where(PlanNode.Filter node) {
        return "where " + ExpressionWords.of(node.where());
    }

    @Override
    public String project(PlanNode.Project node) {
        String columns = and(node.columns().stream()
                .map(c -> isKept(c) ? c.as() : ExpressionWords.of(c.expression()) + " as " + c.as())
                .toList());
        return (node.id().equals(plan.root()) ? "Show " : "Work out ") + columns + " of " + rows(node.input());
    }

    @Override
    public String join(PlanNode.Join node) {
        String where = node.on().stream()
                .map(o -> o.left() + " " + said(o.comparison()) + " " + o.right())
                .collect(Collectors.joining(" and "));
        String also = node.where().map(ExpressionWords::of).orElse("");
        String condition = where.isEmpty() ? also : also.isEmpty() ? where : where + " and " + also;
        String match = condition.isEmpty() ? "" : " where " + condition;
        String left = rows(node.left());
        String right = rows(node.right());
        return switch (node.type()) {
            case SEMI -> "Keep the rows of " + left + " that have a match in " + right + match;
            case ANTI -> "Keep the rows of " + left + " that have no match in " + right + match;
            case INNER ->
                (condition.isEmpty() ? "Put each row of " + left + " beside each of " : "Match " + left + " with ")
                        + right
                        + match;
            case LEFT -> "Match " + left + " with " + right + match + "; rows of " + left + " without a match stay";
            case RIGHT -> "Match " + left + " with " + right + match + "; rows of " + right + " without a match stay";
            case FULL -> "Match " + left + " with " + right + match + "; rows without a match stay";
        };
    }

    private static String said(PlanNode.Comparison comparison) {
        return ExpressionWords.of(" " + comparison.sql() + " ");
    }

    @Override
    public String aggregate(PlanNode.Aggregate node) {
        String each = node.groupBy().isEmpty() ? "" : "For each " + and(node.groupBy()) + " of " + rows(node.input());
        if (node.aggregates().isEmpty()) {
            return each + ", one row";
        }
        String figures = and(node.aggregates().stream().map(PlanSteps::figure).toList());
        return each.isEmpty() ? "Over all rows of " + rows(node.input()) + ", " + figures : each + ", " + figures;
    }

    private static String figure(AggregateCall call) {
        String distinct = call.duplicates() == Duplicates.REMOVE ? "different " : "";
        String of = call.argument().map(ExpressionWords::of).orElse("rows");
        String parameter = call.parameter().map(p -> " (" + p + ")").orElse("");
        String figure = switch (call.function()) {
            case COUNT -> "the number of " + distinct + of;
            case SUM -> "the sum of " + distinct + of;
            case AVG -> "the average of " + distinct + of;
            case MIN -> "the lowest " + of;
            case MAX -> "the highest " + of;
            default ->
                call.function().name().toLowerCase(Locale.ROOT).replace('_', ' ') + parameter + " of " + distinct + of;
        };
        return figure
                + call.filter().map(f -> " where " + ExpressionWords.of(f)).orElse("") + " as " + call.as();
    }

    @Override
    public String window(PlanNode.Window node) {
        return "To each row of " + rows(node.input()) + " add "
                + and(node.windows().stream().map(PlanSteps::beside).toList());
    }

    private static String beside(WindowCall call) {
        List<String> argument = new ArrayList<>();
        call.argument().map(ExpressionWords::of).ifPresent(argument::add);
        call.n().ifPresent(n -> argument.add(Long.toString(n)));
        String among = call.partitionBy().isEmpty() ? "" : " among those of the same " + and(call.partitionBy());
        String order = call.orderBy().isEmpty() ? "" : " by " + order(call.orderBy());
        return call.function().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (argument.isEmpty() ? "" : " of " + String.join(", ", argument)) + among + order + " as " + call.as();
    }

    @Override
    public String sort(PlanNode.Sort node) {
        String sorted = node.orderBy().isEmpty()
                ? "Take " + rows(node.input())
                : "Sort " + rows(node.input()) + " by " + order(node.orderBy());
        String after = node.offset().isPresent()
                ? ", leave out the first " + node.offset().getAsLong()
                : "";
        return sorted
                + after
                + (node.limit().isPresent() ? ", keep the first " + node.limit().getAsLong() : "");
    }

    private static String order(List<OrderKey> keys) {
        return and(keys.stream()
                .map(k -> ExpressionWords.of(k.expression())
                        + (k.direction() == Direction.DESC ? ", highest first" : ", lowest first"))
                .toList());
    }

    @Override
    public String distinct(PlanNode.Distinct node) {
        return "Keep each row of " + rows(node.input()) + " once";
    }

    @Override
    public String setOperation(PlanNode.SetOperation node) {
        String inputs = and(node.inputs().stream().map(this::rows).toList());
        String once = node.duplicates() == Duplicates.KEEP ? "" : ", each once";
        return switch (node.kind()) {
            case UNION -> "Put together the rows of " + inputs + once;
            case INTERSECT -> "Keep the rows that are in all of " + inputs + once;
            case MINUS ->
                "Of " + rows(node.inputs().get(0)) + " leave out the rows of "
                        + and(node.inputs().stream().skip(1).map(this::rows).toList()) + once;
        };
    }

    @Override
    public String values(PlanNode.Values node) {
        return "Take " + node.rows().size() + (node.rows().size() == 1 ? " given row" : " given rows") + " of "
                + and(node.columns().stream().map(PlanNode.TypedColumn::as).toList());
    }

    private static String and(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
