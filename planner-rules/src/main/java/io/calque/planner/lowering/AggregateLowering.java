package io.calque.planner.lowering;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Lets the stock aggregate compare text by code point, sum BIGINT as DECIMAL, and check its sums.
 *
 * <p>Before: {@code Aggregate(MIN($1))}; after: {@code Project(FROM_SORT_KEY($0)) > Aggregate(MIN($2)) > Project($0, $1, TO_SORT_KEY($1))}.
 */
final class AggregateLowering {
    private final Aggregate aggregate;
    private final RexBuilder rexBuilder;
    private final List<RexNode> inputs = new ArrayList<>();
    private final Map<Integer, Integer> sortKeys = new LinkedHashMap<>();
    private final Map<Integer, Integer> decimals = new LinkedHashMap<>();

    private AggregateLowering(Aggregate aggregate) {
        this.aggregate = aggregate;
        this.rexBuilder = aggregate.getCluster().getRexBuilder();
    }

    static RelNode lower(Aggregate aggregate) {
        return new AggregateLowering(aggregate).lower();
    }

    private RelNode lower() {
        RelNode input = aggregate.getInput();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            RexNode column = rexBuilder.makeInputRef(input, i);
            inputs.add(aggregate.getGroupSet().get(i) ? ZeroLowering.key(rexBuilder, column) : column);
        }
        boolean zeros = inputs.stream().anyMatch(RexCall.class::isInstance);
        List<AggregateCall> calls =
                aggregate.getAggCallList().stream().map(this::lower).toList();
        boolean sums =
                calls.stream().anyMatch(AggregateLowering::isDecimalSum) || !calls.equals(aggregate.getAggCallList());
        boolean widened = zeros || inputs.size() > input.getRowType().getFieldCount();
        if (!widened && !sums) {
            return aggregate;
        }
        RelNode keyed = !widened ? input : LogicalProject.create(input, List.of(), inputs, names(), Set.of());
        Aggregate rewritten = aggregate.copy(
                aggregate.getTraitSet(), keyed, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
        return LogicalProject.create(
                rewritten, List.of(), outputs(rewritten), aggregate.getRowType().getFieldNames(), Set.of());
    }

    private List<RexNode> outputs(Aggregate rewritten) {
        List<RexNode> outputs = new ArrayList<>();
        for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
            RexNode output = rexBuilder.makeInputRef(rewritten, field.getIndex());
            int call = field.getIndex() - aggregate.getGroupCount();
            if (call >= 0) {
                SqlKind kind =
                        aggregate.getAggCallList().get(call).getAggregation().getKind();
                output = RexLowering.isExtreme(kind)
                        ? extreme(field.getType(), output)
                        : RexLowering.fitted(rexBuilder, kind, output);
            }
            outputs.add(output);
        }
        return outputs;
    }

    private RexNode extreme(RelDataType type, RexNode output) {
        if (SqlTypeUtil.inCharFamily(type)) {
            return RexLowering.FROM_SORT_KEY.call(rexBuilder, type, output);
        }
        return DoubleComparison.isFloating(type) ? DoubleComparison.fromKey(rexBuilder, type, output) : output;
    }

    private AggregateCall lower(AggregateCall call) {
        AggregateCall lowered = call;
        if (isDecimalSum(call)) {
            lowered = lowered.withArgList(List.of(decimal(call.getArgList().get(0))));
        }
        if (RexLowering.isExtreme(call.getAggregation().getKind())
                && isText(call.getArgList().get(0))) {
            lowered = lowered.withArgList(List.of(sortKey(call.getArgList().get(0))));
        }
        if (RexLowering.isExtreme(call.getAggregation().getKind()) && DoubleComparison.isFloating(call.getType())) {
            return ofKeys(call);
        }
        SqlAggFunction own = EngineAggregates.of(call.getAggregation().getKind(), call.getType());
        if (own != null) {
            lowered = withFunction(lowered, own, List.of(as(call.getArgList().get(0), call.getType())));
        }
        if (call.getCollation().getFieldCollations().stream().anyMatch(k -> isText(k.getFieldIndex()))) {
            lowered = lowered.withCollation(overSortKeys(call.getCollation()));
        }
        return lowered;
    }

    /** The stock MIN and MAX compare doubles with Java's operators, to which NaN is neither less nor greater. */
    private AggregateCall ofKeys(AggregateCall call) {
        inputs.add(
                DoubleComparison.toKey(rexBuilder, inputs.get(call.getArgList().get(0))));
        return withFunction(
                call,
                call.getAggregation(),
                List.of(inputs.size() - 1),
                DoubleComparison.keyType(rexBuilder, call.getType()));
    }

    private static AggregateCall withFunction(AggregateCall call, SqlAggFunction function, List<Integer> arguments) {
        return withFunction(call, function, arguments, call.getType());
    }

    private static AggregateCall withFunction(
            AggregateCall call, SqlAggFunction function, List<Integer> arguments, RelDataType type) {
        return AggregateCall.create(
                call.getParserPosition(),
                function,
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                arguments,
                call.filterArg,
                call.distinctKeys,
                call.collation,
                type,
                call.getName());
    }

    /** The argument as DECIMAL where the result is one, else as DOUBLE. */
    private int as(int field, RelDataType result) {
        RexNode value = inputs.get(field);
        if (result.getSqlTypeName() == SqlTypeName.DECIMAL) {
            return decimal(field);
        }
        RexNode widened = RexLowering.toDouble(rexBuilder, value);
        if (widened == value) {
            return field;
        }
        inputs.add(widened);
        return inputs.size() - 1;
    }

    private RelCollation overSortKeys(RelCollation collation) {
        List<RelFieldCollation> keys = collation.getFieldCollations().stream()
                .map(k -> isText(k.getFieldIndex()) ? k.withFieldIndex(sortKey(k.getFieldIndex())) : k)
                .toList();
        return RelCollations.of(keys);
    }

    private boolean isText(int field) {
        return SqlTypeUtil.inCharFamily(inputs.get(field).getType());
    }

    private int sortKey(int field) {
        return sortKeys.computeIfAbsent(field, f -> {
            RexNode text = inputs.get(f);
            inputs.add(RexLowering.TO_SORT_KEY.call(rexBuilder, text.getType(), text));
            return inputs.size() - 1;
        });
    }

    /** A sum of BIGINT is a DECIMAL, and the stock sum only adds decimals to one. */
    private int decimal(int field) {
        RexNode value = inputs.get(field);
        if (value.getType().getSqlTypeName() == SqlTypeName.DECIMAL) {
            return field;
        }
        return decimals.computeIfAbsent(field, f -> {
            inputs.add(RexLowering.toDecimal(rexBuilder, value));
            return inputs.size() - 1;
        });
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(aggregate.getInput().getRowType().getFieldNames());
        Set<String> taken = new HashSet<>(names);
        while (names.size() < inputs.size()) {
            String name = "$lowered" + names.size();
            names.add(taken.add(name) ? name : name + "_");
        }
        return names;
    }

    private static boolean isDecimalSum(AggregateCall call) {
        return RexLowering.isDecimalSum(call.getAggregation().getKind(), call.getType());
    }
}
