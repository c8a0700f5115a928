package io.calque.planner.join;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Aggregates of some of the rows, from which those of all rows are made. */
final class AggregateParts {
    private AggregateParts() {}

    /** Whether such an aggregate of all rows is one of those of their parts. */
    static boolean splits(AggregateCall call) {
        boolean plain = !call.isDistinct()
                && !call.isApproximate()
                && !call.hasFilter()
                && call.getCollation().getFieldCollations().isEmpty()
                && call.getArgList().size() <= 1;
        boolean known = switch (call.getAggregation().getKind()) {
            case SUM, SUM0 -> SqlTypeUtil.isExactNumeric(call.getType());
            case COUNT, MIN, MAX -> true;
            default -> false;
        };
        return plain && known;
    }

    /**
     * The same aggregate of one part of the rows.
     *
     * @param arguments columns of the part
     * @param groups how many columns the part is grouped by
     */
    static AggregateCall ofPart(AggregateCall whole, List<Integer> arguments, int groups, RelNode part) {
        return call(whole.getAggregation(), whole, arguments, groups, part);
    }

    /**
     * What makes the aggregate of all rows out of those of their parts.
     *
     * @param column where the parts have it
     * @param groups how many columns the parts are grouped by
     */
    static AggregateCall ofParts(AggregateCall whole, int column, int groups, RelNode parts) {
        SqlAggFunction function = switch (whole.getAggregation().getKind()) {
            case COUNT -> SqlStdOperatorTable.SUM0;
            default -> whole.getAggregation();
        };
        return call(function, whole, List.of(column), groups, parts);
    }

    private static AggregateCall call(
            SqlAggFunction function, AggregateCall like, List<Integer> arguments, int groups, RelNode input) {
        return AggregateCall.create(
                function,
                false,
                false,
                like.ignoreNulls(),
                List.of(),
                arguments,
                -1,
                null,
                like.getCollation(),
                groups,
                input,
                null,
                like.getName());
    }
}
