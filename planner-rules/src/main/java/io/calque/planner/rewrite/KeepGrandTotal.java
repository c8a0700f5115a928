package io.calque.planner.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Lets grouping sets give their grand total when there are no rows, which the stock operators forget.
 *
 * <p>Before: {@code SELECT k, COUNT(*) FROM t GROUP BY ROLLUP (k)}; after: one more row of NULLs is added to the input, every call
 * leaves it out by its FILTER, and groups without another row are dropped, but for the one that groups by nothing.
 *
 * <p>Must not run before pushdown: a source does this by itself.
 */
final class KeepGrandTotal {
    /** The stock rule without grouping sets that hold the empty one. */
    static final RelOptRule PRUNE_EMPTY = ((RelRule<?>) PruneEmptyRules.AGGREGATE_INSTANCE)
            .config
            .withOperandSupplier(b -> b.operand(Aggregate.class)
                    .predicate(a -> a.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty))
                    .oneInput(i ->
                            i.operand(Values.class).predicate(Values::isEmpty).noInputs()))
            .toRule();

    private final Aggregate aggregate;
    private final RexBuilder rexBuilder;
    private final List<RexNode> columns = new ArrayList<>();
    private final List<AggregateCall> calls = new ArrayList<>();

    private KeepGrandTotal(Aggregate aggregate) {
        this.aggregate = aggregate;
        this.rexBuilder = aggregate.getCluster().getRexBuilder();
    }

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                boolean hasTotal = node instanceof LogicalAggregate a
                        && a.getGroupSets().size() > 1
                        && a.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
                return hasTotal ? new KeepGrandTotal((Aggregate) node).rewritten() : node;
            }
        });
    }

    private RelNode rewritten() {
        RelNode input = withSentinel(aggregate.getInput());
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            columns.add(rexBuilder.makeInputRef(input, i));
        }
        int real = columns.size() - 1;
        aggregate.getAggCallList().forEach(call -> calls.add(onlyReal(call, real)));
        RelDataType count = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        calls.add(call(SqlStdOperatorTable.COUNT, List.of(), real, count, "real_rows"));
        calls.add(call(SqlStdOperatorTable.GROUPING, aggregate.getGroupSet().asList(), -1, count, "grouped_by"));
        RelNode flagged = LogicalProject.create(input, List.of(), columns, (List<String>) null, Set.of());
        RelNode grouped =
                LogicalAggregate.create(flagged, List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
        int width = aggregate.getRowType().getFieldCount();
        RexNode hasRows = rexBuilder.makeCall(
                SqlStdOperatorTable.GREATER_THAN, rexBuilder.makeInputRef(grouped, width), exact(0));
        // GROUPING has one bit for each key that is not grouped by.
        RexNode isTotal = rexBuilder.makeCall(
                SqlStdOperatorTable.EQUALS,
                rexBuilder.makeInputRef(grouped, width + 1),
                exact((1L << aggregate.getGroupCount()) - 1));
        RelNode kept = LogicalFilter.create(grouped, rexBuilder.makeCall(SqlStdOperatorTable.OR, hasRows, isTotal));
        List<RexNode> outputs = new ArrayList<>();
        for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
            RexNode output = rexBuilder.makeInputRef(kept, field.getIndex());
            boolean same = output.getType().equals(field.getType());
            outputs.add(same ? output : rexBuilder.makeAbstractCast(SqlParserPos.ZERO, field.getType(), output, false));
        }
        return LogicalProject.create(
                kept, List.of(), outputs, aggregate.getRowType().getFieldNames(), Set.of());
    }

    private RexNode exact(long value) {
        return rexBuilder.makeExactLiteral(
                java.math.BigDecimal.valueOf(value), rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
    }

    /** The rows, all columns nullable, with TRUE behind them, and one row of NULLs with FALSE. */
    private RelNode withSentinel(RelNode input) {
        RelOptCluster cluster = input.getCluster();
        List<RexNode> values = new ArrayList<>();
        List<RexNode> nulls = new ArrayList<>();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            RelDataType nullable = rexBuilder.getTypeFactory().createTypeWithNullability(field.getType(), true);
            RexNode value = rexBuilder.makeInputRef(input, field.getIndex());
            values.add(
                    value.getType().equals(nullable)
                            ? value
                            : rexBuilder.makeAbstractCast(SqlParserPos.ZERO, nullable, value, false));
            nulls.add(rexBuilder.makeNullLiteral(nullable));
        }
        values.add(rexBuilder.makeLiteral(true));
        nulls.add(rexBuilder.makeLiteral(false));
        names.add("is_real");
        RelNode rows = LogicalProject.create(input, List.of(), values, names, Set.of());
        RelNode sentinel =
                LogicalProject.create(LogicalValues.createOneRow(cluster), List.of(), nulls, names, Set.of());
        return LogicalUnion.create(List.of(rows, sentinel), true);
    }

    private AggregateCall onlyReal(AggregateCall call, int real) {
        int filter = real;
        if (call.hasFilter()) {
            RexNode own = columns.get(call.filterArg);
            columns.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.IS_TRUE, rexBuilder.makeCall(SqlStdOperatorTable.AND, own, columns.get(real))));
            filter = columns.size() - 1;
        }
        return switch (call.getAggregation().getKind()) {
            case GROUPING, GROUPING_ID, GROUP_ID -> call;
            case COUNT, SUM0 -> call.withFilter(filter);
            default -> nullable(call).withFilter(filter);
        };
    }

    /** Its argument is nullable now. */
    private AggregateCall nullable(AggregateCall call) {
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
                rexBuilder.getTypeFactory().createTypeWithNullability(call.getType(), true),
                call.getName());
    }

    private AggregateCall call(
            org.apache.calcite.sql.SqlAggFunction function,
            List<Integer> arguments,
            int filter,
            RelDataType type,
            String name) {
        return AggregateCall.create(
                SqlParserPos.ZERO,
                function,
                false,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                type,
                name);
    }
}
