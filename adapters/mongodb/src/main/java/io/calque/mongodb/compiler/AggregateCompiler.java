package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Says GROUP BY as {@code $group}:
 *
 * <pre>
 * SELECT country, SUM(total), COUNT(phone) FROM orders GROUP BY country
 * db.orders.aggregate([{$group: {_id: {country: {$ifNull: ["$country", null]}},
 *     sum: {$sum: "$total"}, "sum#n": {$sum: {$cond: [{$gt: ["$total", null]}, 1, 0]}},
 *     count: {$sum: {$cond: [{$gt: ["$phone", null]}, 1, 0]}}}}, ...])
 * </pre>
 */
final class AggregateCompiler {
    private AggregateCompiler() {}

    static Draft compile(Aggregate aggregate, Draft input) {
        boolean distinct = aggregate.getAggCallList().stream().anyMatch(AggregateCompiler::isDistinct);
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            if (distinct) {
                throw new Refused("MongoDB is asked for DISTINCT in one grouping at a time");
            }
            return GroupingSets.compile(aggregate, input);
        }
        if (!distinct) {
            return grouped(aggregate, input.materialized(usedTwice(aggregate, input)));
        }
        Optional<Integer> argument = distinctArgument(aggregate);
        if (argument.isEmpty()) {
            return DistinctBranches.compile(aggregate, input);
        }
        Aggregate values = LogicalAggregate.create(
                aggregate.getInput(), List.of(), aggregate.getGroupSet().set(argument.get()), null, List.of());
        return grouped(overDistinct(aggregate, values, argument.get()), compile(values, input));
    }

    /**
     * The one column whose different values all the calls ask for: its values are grouped first, and the groups counted then.
     * An array of the values, which {@code $addToSet} makes, could pass the limit of a document.
     */
    private static Optional<Integer> distinctArgument(Aggregate aggregate) {
        List<AggregateCall> calls = aggregate.getAggCallList();
        boolean alike = calls.stream()
                .allMatch(call -> call.filterArg < 0
                        && call.getArgList().equals(calls.get(0).getArgList())
                        && call.getArgList().size() == 1
                        && (isDistinct(call) || isExtreme(call)));
        return alike ? Optional.of(calls.get(0).getArgList().get(0)) : Optional.empty();
    }

    /** Computed arguments whose function asks for them more than once: whether they are NULL, how large, and for their value. */
    private static Set<Integer> usedTwice(Aggregate aggregate, Draft input) {
        Set<Integer> found = new TreeSet<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            for (int index : call.getArgList()) {
                Field field = input.fields().get(index);
                boolean decimal = field.type().kind() == TypeKind.DECIMAL;
                if (call.getAggregation().getKind() != SqlKind.COUNT && (field.nullable() || decimal)) {
                    found.add(index);
                }
            }
        }
        return found;
    }

    /** All that the aggregate reads: computed before the rows are multiplied. */
    static Set<Integer> used(Aggregate aggregate) {
        Set<Integer> used = new TreeSet<>(aggregate.getGroupSet().asList());
        for (AggregateCall call : aggregate.getAggCallList()) {
            used.addAll(call.getArgList());
            if (call.filterArg >= 0) {
                used.add(call.filterArg);
            }
        }
        return used;
    }

    private static boolean isExtreme(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.MIN
                || call.getAggregation().getKind() == SqlKind.MAX;
    }

    /** The least and the greatest of different values are those of all. */
    static boolean isDistinct(AggregateCall call) {
        return call.isDistinct() && !isExtreme(call);
    }

    /** The same aggregate, over rows in which each value stands once in its group. */
    private static Aggregate overDistinct(Aggregate aggregate, Aggregate values, int argument) {
        List<Integer> order = values.getGroupSet().asList();
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call.withDistinct(false).withArgList(List.of(order.indexOf(argument))))
                .toList();
        ImmutableBitSet keys = ImmutableBitSet.of(
                aggregate.getGroupSet().asList().stream().map(order::indexOf).toList());
        return aggregate.copy(aggregate.getTraitSet(), values, keys, List.of(keys), calls);
    }

    private static Draft grouped(Aggregate aggregate, Draft input) {
        List<NativeQuery.Column> columns = RelTypes.columns(aggregate.getRowType());
        GroupStage stage = new GroupStage();
        int position = 0;
        for (int index : aggregate.getGroupSet()) {
            Field field = input.fields().get(index);
            FieldUse.requireGrouping(field);
            String name = columns.get(position++).name();
            stage.give(field.withName(name).withSource(stage.key(name, GroupStage.orNull(field))));
        }
        Accumulators accumulators = new Accumulators(input, stage, Accumulators.Rows.of(aggregate));
        for (AggregateCall call : aggregate.getAggCallList()) {
            accumulators.add(columns.get(position++), call);
        }
        return stage.over(input, aggregate.getGroupCount() == 0 ? WhenEmpty.ONE_ROW : WhenEmpty.NO_ROWS);
    }
}
