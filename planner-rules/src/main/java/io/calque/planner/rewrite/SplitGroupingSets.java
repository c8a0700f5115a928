package io.calque.planner.rewrite;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Computes grouping sets one by one where an aggregate is DISTINCT: no local operator does both at once.
 *
 * <p>Before: {@code SELECT k, COUNT(DISTINCT v) FROM t GROUP BY ROLLUP (k)}; after:
 * {@code SELECT k, COUNT(DISTINCT v) FROM t GROUP BY k UNION ALL SELECT NULL, COUNT(DISTINCT v) FROM t}.
 *
 * <p>Must not run before pushdown, nor without DISTINCT: the input is read once a set.
 */
final class SplitGroupingSets {
    private SplitGroupingSets() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                boolean split = node instanceof LogicalAggregate a
                        && a.getGroupSets().size() > 1
                        && a.getAggCallList().stream().anyMatch(AggregateCall::isDistinct)
                        && a.getAggCallList().stream()
                                .noneMatch(c -> c.getAggregation().getKind() == SqlKind.GROUP_ID);
                return split ? union((LogicalAggregate) node) : node;
            }
        });
    }

    private static RelNode union(LogicalAggregate aggregate) {
        List<RelNode> branches = new ArrayList<>();
        aggregate.getGroupSets().forEach(set -> branches.add(branch(aggregate, set)));
        return LogicalUnion.create(branches, true);
    }

    private static RelNode branch(LogicalAggregate aggregate, ImmutableBitSet set) {
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isGrouping(call)) {
                calls.add(retyped(aggregate, call, set));
            }
        }
        RelNode grouped = LogicalAggregate.create(aggregate.getInput(), aggregate.getHints(), set, List.of(set), calls);
        List<RexNode> outputs = new ArrayList<>();
        List<RelDataTypeField> fields = aggregate.getRowType().getFieldList();
        for (int key : aggregate.getGroupSet()) {
            RelDataType type = fields.get(outputs.size()).getType();
            outputs.add(
                    set.get(key)
                            ? as(type, rexBuilder.makeInputRef(grouped, set.indexOf(key)), rexBuilder)
                            : rexBuilder.makeNullLiteral(type));
        }
        int next = set.cardinality();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelDataType type = fields.get(outputs.size()).getType();
            outputs.add(
                    isGrouping(call)
                            ? rexBuilder.makeExactLiteral(bits(call, set), type)
                            : as(type, rexBuilder.makeInputRef(grouped, next++), rexBuilder));
        }
        return LogicalProject.create(
                grouped, List.of(), outputs, aggregate.getRowType().getFieldNames(), Set.of());
    }

    private static boolean isGrouping(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID;
    }

    /** One bit for each argument that is not grouped by, the first one the highest. */
    private static BigDecimal bits(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return BigDecimal.valueOf(bits);
    }

    /** Without the empty set a group has a row, and an aggregate may lose its NULL. */
    private static AggregateCall retyped(LogicalAggregate aggregate, AggregateCall call, ImmutableBitSet set) {
        return AggregateCall.create(
                call.getParserPosition(),
                call.getAggregation(),
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                call.getArgList(),
                call.filterArg,
                call.distinctKeys,
                call.collation,
                set.isEmpty(),
                aggregate.getInput(),
                null,
                call.getName());
    }

    private static RexNode as(RelDataType type, RexNode value, RexBuilder rexBuilder) {
        return value.getType().equals(type)
                ? value
                : rexBuilder.makeAbstractCast(SqlParserPos.ZERO, type, value, false);
    }
}
