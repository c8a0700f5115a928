package io.calque.planner.pushdown;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Plan expressions with column names instead of positions. Stateless. */
public final class Readable {
    private Readable() {}

    public static String expression(RexNode expression, RelNode rows) {
        List<String> names =
                rows instanceof Join join ? joined(join) : rows.getRowType().getFieldNames();
        return expression
                .accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return new NamedRef(names.get(ref.getIndex()), ref);
                    }
                })
                .toString();
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

    private static List<String> joined(Join join) {
        List<String> names = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
        names.addAll(join.getRight().getRowType().getFieldNames());
        return names;
    }

    /** A column reference that prints its name. */
    private static final class NamedRef extends RexInputRef {
        NamedRef(String name, RexInputRef ref) {
            super(ref.getIndex(), ref.getType());
            this.digest = name;
        }
    }
}
