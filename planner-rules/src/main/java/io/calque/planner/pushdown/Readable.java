package io.calque.planner.pushdown;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;

/** Plan expressions with column names instead of positions. Stateless. */
public final class Readable {
    private Readable() {}

    public static String expression(RexNode expression, RelNode rows) {
        List<String> names =
                rows instanceof Join join ? joined(join) : rows.getRowType().getFieldNames();
        return new ExpressionText(names).expanded(expression, rows.getCluster().getRexBuilder());
    }

    public static String expressions(List<RexNode> expressions, RelNode rows) {
        return String.join(
                ", ", expressions.stream().map(e -> expression(e, rows)).toList());
    }

    public static String aggregate(Aggregate aggregate) {
        List<String> names = aggregate.getInput().getRowType().getFieldNames();
        List<String> parts = new ArrayList<>();
        aggregate.getGroupSet().forEach(i -> parts.add(names.get(i)));
        for (AggregateCall call : aggregate.getAggCallList()) {
            String arguments =
                    String.join(", ", call.getArgList().stream().map(names::get).toList());
            parts.add(call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "")
                    + (arguments.isEmpty() ? "*" : arguments) + ")");
        }
        return String.join(", ", parts);
    }

    public static String sort(Sort sort) {
        List<String> names = sort.getRowType().getFieldNames();
        List<String> parts = new ArrayList<>();
        for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
            parts.add(names.get(key.getFieldIndex()) + (key.getDirection().isDescending() ? " DESC" : ""));
        }
        if (sort.fetch != null) {
            parts.add("limit " + sort.fetch);
        }
        if (sort.offset != null) {
            parts.add("offset " + sort.offset);
        }
        return String.join(", ", parts);
    }

    /** {@code RANK() OVER (PARTITION BY city ORDER BY salary DESC)}, one after the other. */
    public static String window(Window window) {
        List<String> names = window.getInput().getRowType().getFieldNames();
        List<String> operands = new ArrayList<>(names);
        ExpressionText text = new ExpressionText(List.of());
        window.constants.forEach(constant -> operands.add(text.of(constant)));
        List<String> parts = new ArrayList<>();
        for (Window.Group group : window.groups) {
            List<String> over = new ArrayList<>();
            if (!group.keys.isEmpty()) {
                over.add("PARTITION BY "
                        + String.join(
                                ", ",
                                group.keys.asList().stream().map(names::get).toList()));
            }
            if (!group.orderKeys.getFieldCollations().isEmpty()) {
                over.add("ORDER BY " + keys(group.orderKeys.getFieldCollations(), names));
            }
            for (Window.RexWinAggCall call : group.aggCalls) {
                String arguments = String.join(
                        ", ",
                        call.getOperands().stream()
                                .map(new ExpressionText(operands)::of)
                                .toList());
                parts.add(call.getOperator().getName() + "(" + arguments + ") OVER (" + String.join(" ", over) + ")");
            }
        }
        return String.join(", ", parts);
    }

    private static String keys(List<RelFieldCollation> keys, List<String> names) {
        return String.join(
                ", ",
                keys.stream()
                        .map(key -> names.get(key.getFieldIndex())
                                + (key.getDirection().isDescending() ? " DESC" : ""))
                        .toList());
    }

    private static List<String> joined(Join join) {
        List<String> names = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
        names.addAll(join.getRight().getRowType().getFieldNames());
        return names;
    }
}
