package io.calque.nl2plan.render;

import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One node in one line, for diagrams. Stateless. */
final class PlanLabel implements PlanVisitor<String> {
    static String of(PlanNode node) {
        return node.accept(new PlanLabel());
    }

    @Override
    public String scan(PlanNode.Scan node) {
        return "scan " + node.table();
    }

    @Override
    public String metric(PlanNode.Metric node) {
        return "metric " + node.metric() + by(node.groupBy());
    }

    @Override
    public String filter(PlanNode.Filter node) {
        return "filter " + node.where();
    }

    @Override
    public String project(PlanNode.Project node) {
        return "project " + node.columns().stream().map(PlanNode.Column::as).collect(Collectors.joining(", "));
    }

    @Override
    public String join(PlanNode.Join node) {
        List<String> on = new ArrayList<>();
        node.on().forEach(o -> on.add(o.left() + " " + o.comparison().sql() + " " + o.right()));
        node.where().ifPresent(on::add);
        return node.type().name().toLowerCase(Locale.ROOT) + " join"
                + (on.isEmpty() ? "" : " on " + String.join(" and ", on));
    }

    @Override
    public String aggregate(PlanNode.Aggregate node) {
        return "aggregate "
                + node.aggregates().stream().map(PlanLabel::call).collect(Collectors.joining(", "))
                + by(node.groupBy());
    }

    private static String call(PlanNode.AggregateCall call) {
        String distinct = call.duplicates() == Duplicates.REMOVE ? "distinct " : "";
        String filter = call.filter().map(f -> " where " + f).orElse("");
        return call.function().name().toLowerCase(Locale.ROOT) + "(" + distinct
                + call.argument().orElse("*") + ")" + filter;
    }

    private static String by(List<String> keys) {
        return keys.isEmpty() ? "" : " by " + String.join(", ", keys);
    }

    @Override
    public String window(PlanNode.Window node) {
        return "window "
                + node.windows().stream()
                        .map(call -> call.function().name().toLowerCase(Locale.ROOT) + "("
                                + call.argument().orElse("") + ")" + by(call.partitionBy()) + order(call.orderBy()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String sort(PlanNode.Sort node) {
        String limit = node.limit().isPresent() ? " first " + node.limit().getAsLong() : "";
        String offset = node.offset().isPresent() ? " after " + node.offset().getAsLong() : "";
        return "sort" + order(node.orderBy()) + limit + offset;
    }

    private static String order(List<OrderKey> keys) {
        return keys.isEmpty()
                ? ""
                : keys.stream()
                        .map(k -> k.expression() + (k.direction() == PlanNode.Direction.DESC ? " desc" : ""))
                        .collect(Collectors.joining(", ", " order ", ""));
    }

    @Override
    public String distinct(PlanNode.Distinct node) {
        return "distinct";
    }

    @Override
    public String setOperation(PlanNode.SetOperation node) {
        return node.kind().name().toLowerCase(Locale.ROOT) + (node.duplicates() == Duplicates.KEEP ? " all" : "");
    }

    @Override
    public String values(PlanNode.Values node) {
        return "values of " + node.rows().size() + " rows";
    }
}
