package io.calque.planner.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Turns averages into sums and counts, which every source knows and partial aggregates can merge.
 *
 * <p>Before: {@code AVG(x)}; after: {@code CAST(SUM(x) AS DECIMAL(38, s)) / COUNT(x)}, with the scale of docs/semantics.md. REAL is summed as DOUBLE,
 * because a sum in REAL would depend on the order of the rows. Runs before pushdown.
 */
public final class ExpandAverages {
    private ExpandAverages() {}

    public static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                return node instanceof Aggregate aggregate && applies(aggregate)
                        ? new Expansion(aggregate).expand()
                        : node;
            }
        });
    }

    private static boolean applies(Aggregate aggregate) {
        return aggregate.getAggCallList().stream()
                .anyMatch(call -> isAverage(call) || isRealSum(call, aggregate.getInput()));
    }

    private static boolean isAverage(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.AVG;
    }

    private static boolean isRealSum(AggregateCall call, RelNode input) {
        return call.getAggregation().getKind() == SqlKind.SUM
                && type(input, call.getArgList().get(0)).getSqlTypeName() == SqlTypeName.REAL;
    }

    private static RelDataType type(RelNode rel, int field) {
        return rel.getRowType().getFieldList().get(field).getType();
    }

    /** One aggregate being rewritten; single use. */
    private static final class Expansion {
        private final Aggregate aggregate;
        private final RexBuilder rexBuilder;
        private final RelDataTypeFactory types;
        private final List<RexNode> inputs = new ArrayList<>();
        private final List<String> inputNames;
        private final List<AggregateCall> calls = new ArrayList<>();
        private final List<RexNode> outputs = new ArrayList<>();

        Expansion(Aggregate aggregate) {
            this.aggregate = aggregate;
            this.rexBuilder = aggregate.getCluster().getRexBuilder();
            this.types = aggregate.getCluster().getTypeFactory();
            this.inputNames = new ArrayList<>(aggregate.getInput().getRowType().getFieldNames());
        }

        RelNode expand() {
            RelNode input = aggregate.getInput();
            for (int i = 0; i < inputNames.size(); i++) {
                inputs.add(rexBuilder.makeInputRef(input, i));
            }
            for (int key = 0; key < aggregate.getGroupCount(); key++) {
                outputs.add(rexBuilder.makeInputRef(type(aggregate, key), key));
            }
            int keys = aggregate.getGroupCount();
            for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
                RelDataType declared = type(aggregate, keys + i);
                AggregateCall call = aggregate.getAggCallList().get(i);
                outputs.add(isAverage(call) ? average(call, declared) : single(call, declared));
            }
            RelNode widened = inputs.size() == input.getRowType().getFieldCount()
                    ? input
                    : LogicalProject.create(input, List.of(), inputs, inputNames, Set.of());
            Aggregate sums = aggregate.copy(
                    aggregate.getTraitSet(), widened, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
            return LogicalProject.create(
                    sums, List.of(), outputs, aggregate.getRowType().getFieldNames(), Set.of());
        }

        private RexNode single(AggregateCall call, RelDataType declared) {
            if (!isRealSum(call, aggregate.getInput())) {
                return add(call, declared);
            }
            return add(call.withArgList(List.of(asDouble(call.getArgList().get(0)))), declared);
        }

        private RexNode average(AggregateCall call, RelDataType declared) {
            int argument = call.getArgList().get(0);
            RelDataType argumentType = type(aggregate.getInput(), argument);
            if (argumentType.getSqlTypeName() == SqlTypeName.REAL) {
                argument = asDouble(argument);
            }
            RelDataType sumType = types.createTypeWithNullability(
                    types.getTypeSystem().deriveSumType(types, argumentType), declared.isNullable());
            RexNode sum = add(derived(SqlStdOperatorTable.SUM, call, argument, sumType), sumType);
            RelDataType countType = types.createSqlType(SqlTypeName.BIGINT);
            RexNode count = add(derived(SqlStdOperatorTable.COUNT, call, argument, countType), countType);
            if (SqlTypeUtil.isApproximateNumeric(declared)) {
                return rexBuilder.makeCast(
                        declared, rexBuilder.makeCall(declared, SqlStdOperatorTable.DIVIDE, List.of(sum, count)));
            }
            // The sum keeps its own scale, so that no digit before the point is lost to one behind it.
            RelDataType dividend = types.createTypeWithNullability(
                    types.createSqlType(SqlTypeName.DECIMAL, 38, scale(argumentType)), sumType.isNullable());
            RexNode exact = sumType.getSqlTypeName() == SqlTypeName.DECIMAL ? sum : rexBuilder.makeCast(dividend, sum);
            return rexBuilder.makeCall(declared, SqlStdOperatorTable.DIVIDE, List.of(exact, count));
        }

        private static int scale(RelDataType type) {
            return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
        }

        private static AggregateCall derived(
                SqlAggFunction function, AggregateCall call, int argument, RelDataType type) {
            return AggregateCall.create(
                    call.getParserPosition(),
                    function,
                    call.isDistinct(),
                    call.isApproximate(),
                    call.ignoreNulls(),
                    call.rexList,
                    List.of(argument),
                    call.filterArg,
                    call.distinctKeys,
                    call.collation,
                    type,
                    null);
        }

        /** One call for equal calls: {@code AVG(x), SUM(x)} sums once. */
        private RexNode add(AggregateCall call, RelDataType type) {
            int index = calls.indexOf(call.withName(null));
            if (index < 0) {
                index = calls.size();
                calls.add(call.withName(null));
            }
            return rexBuilder.makeInputRef(type, aggregate.getGroupCount() + index);
        }

        private int asDouble(int field) {
            RexNode reference = rexBuilder.makeInputRef(aggregate.getInput(), field);
            RelDataType target = types.createTypeWithNullability(
                    types.createSqlType(SqlTypeName.DOUBLE), reference.getType().isNullable());
            RexNode cast = rexBuilder.makeCast(target, reference);
            int existing = inputs.indexOf(cast);
            if (existing >= 0) {
                return existing;
            }
            inputs.add(cast);
            inputNames.add("$double" + inputs.size());
            return inputs.size() - 1;
        }
    }
}
