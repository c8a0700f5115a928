package io.calque.planner.physical;

import io.calque.planner.physical.AggregatePlan.Call;
import io.calque.planner.physical.AggregatePlan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY whose groups go to disk where memory does not hold them: counts, sums and extremes. What computes anything else stays a stock
 * aggregate. Immutable.
 */
final class SpillingAggregate extends Aggregate implements SpillingOperator {
    private final AggregatePlan plan;
    private final int operator;

    private SpillingAggregate(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            ImmutableBitSet groupSet,
            @Nullable List<ImmutableBitSet> groupSets,
            List<AggregateCall> calls,
            AggregatePlan plan,
            int operator) {
        super(cluster, traits, List.of(), input, groupSet, groupSets, calls);
        this.plan = plan;
        this.operator = operator;
    }

    /** In the place of {@code aggregate}; nothing where it is to stay. */
    static Optional<RelNode> of(EnumerableAggregate aggregate, RelNode input) {
        Optional<List<ValueKind>> columns = ValueKind.of(input.getRowType());
        if (columns.isEmpty() || aggregate.getGroupType() != Group.SIMPLE) {
            return Optional.empty();
        }
        List<Call> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Optional<Call> own = call(call, columns.get());
            if (own.isEmpty()) {
                return Optional.empty();
            }
            calls.add(own.get());
        }
        AggregatePlan plan =
                new AggregatePlan(columns.get(), aggregate.getGroupSet().asList(), calls);
        return Optional.of(new SpillingAggregate(
                aggregate.getCluster(),
                aggregate.getTraitSet(),
                input,
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                aggregate.getAggCallList(),
                plan,
                0));
    }

    private static Optional<Call> call(AggregateCall call, List<ValueKind> columns) {
        boolean plain = !call.isDistinct()
                && !call.ignoreNulls()
                && call.distinctKeys == null
                && call.rexList.isEmpty()
                && call.getCollation().getFieldCollations().isEmpty()
                && call.getArgList().size() <= 1;
        Optional<ValueKind> result = ValueKind.ofColumn(call.getType());
        if (!plain || result.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt argument = call.getArgList().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(call.getArgList().get(0));
        OptionalInt filter = call.hasFilter() ? OptionalInt.of(call.filterArg) : OptionalInt.empty();
        Optional<ValueKind> of =
                argument.isPresent() ? Optional.of(columns.get(argument.getAsInt())) : Optional.empty();
        return function(call, of, result.get()).map(function -> new Call(function, argument, filter, result.get()));
    }

    private static Optional<Function> function(AggregateCall call, Optional<ValueKind> argument, ValueKind result) {
        return switch (call.getAggregation().getKind()) {
            case COUNT -> result == ValueKind.LONG ? Optional.of(Function.COUNT) : Optional.empty();
            case SUM -> argument.filter(of -> sums(of, result)).map(of -> Function.SUM);
            case SUM0 -> argument.filter(of -> sums(of, result)).map(of -> Function.SUM_OR_ZERO);
            case MIN -> argument.filter(of -> compares(of, result)).map(of -> Function.MIN);
            case MAX -> argument.filter(of -> compares(of, result)).map(of -> Function.MAX);
            default -> Optional.empty();
        };
    }

    private static boolean sums(ValueKind argument, ValueKind result) {
        return switch (result) {
            case LONG -> argument.isWhole();
            case DOUBLE -> argument == ValueKind.DOUBLE;
            case DECIMAL -> argument == ValueKind.DECIMAL;
            default -> false;
        };
    }

    private static boolean compares(ValueKind argument, ValueKind result) {
        return argument == result
                && (argument.isWhole() || argument == ValueKind.TEXT || argument == ValueKind.DECIMAL);
    }

    @Override
    public SpillingOperator numbered(int number) {
        return new SpillingAggregate(
                getCluster(), traitSet, getInput(), getGroupSet(), getGroupSets(), getAggCallList(), plan, number);
    }

    @Override
    public Aggregate copy(
            RelTraitSet traits,
            RelNode input,
            ImmutableBitSet groups,
            @Nullable List<ImmutableBitSet> sets,
            List<AggregateCall> calls) {
        return new SpillingAggregate(getCluster(), traits, input, groups, sets, calls, plan, operator);
    }

    /** What EXPLAIN calls every aggregate that runs here. */
    @Override
    public String getRelTypeName() {
        return Aggregate.class.getSimpleName();
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
        BlockBuilder builder = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        JavaRowFormat arriving = JavaRowFormat.ARRAY.optimize(getInput().getRowType());
        PhysType type = PhysTypeImpl.of(
                implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY.optimize(getRowType()), false);
        Expression rows = builder.append("rows", child.block);
        Expression arrays = builder.append("arrays", child.physType.convertTo(rows, arriving));
        builder.add(RuntimeCalls.call(
                "aggregated",
                Expressions.constant(operator),
                implementor.stash(plan, AggregatePlan.class),
                Expressions.convert_(arrays, Enumerable.class)));
        return implementor.result(type, builder.toBlock());
    }
}
