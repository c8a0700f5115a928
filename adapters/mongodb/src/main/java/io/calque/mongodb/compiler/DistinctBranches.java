package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says DISTINCT of several columns, or beside other aggregates, as two {@code $group}s: each row stands once for every column of which
 * different values are wanted, and once for all other aggregates; the first group finds the different values, the second adds them up.
 *
 * <pre>
 * SELECT city, COUNT(*), COUNT(DISTINCT name) FROM people GROUP BY city
 * db.people.aggregate([{$addFields: {"branch#": {$literal: [0, 1]}}}, {$unwind: "$branch#"},
 *     {$group: {_id: {city: "$city", "branch#": "$branch#", "value#": {$cond: [{$eq: ["$branch#", 1]}, "$name", null]}}, n: {$sum: 1}}},
 *     {$group: {_id: {city: "$_id.city"}, n: {$max: {$cond: [{$eq: ["$_id.branch#", 0]}, "$n", null]}},
 *               d: {$sum: {$cond: [{$and: [{$eq: ["$_id.branch#", 1]}, {$gt: ["$_id.value#", null]}]}, 1, 0]}}}}])
 * </pre>
 *
 * <p>An array of the values, which {@code $addToSet} makes, could pass the limit of a document. Single-threaded, used once.
 */
final class DistinctBranches {
    private static final String BRANCH = "branch#";
    private static final String VALUE = "value#";

    private final Aggregate aggregate;
    private final Draft input;
    private final List<NativeQuery.Column> columns;
    /** The columns of which different values are wanted, with their filters; branch 0 is for all other aggregates. */
    private final List<Wanted> wanted;

    /** Different values of a column. */
    private record Wanted(int argument, int filter) {
        static Wanted of(AggregateCall call) {
            if (call.getArgList().size() != 1) {
                throw new Refused("MongoDB is asked for DISTINCT of one column at a time");
            }
            return new Wanted(call.getArgList().get(0), call.filterArg);
        }
    }

    private DistinctBranches(Aggregate aggregate, Draft input) {
        this.aggregate = aggregate;
        this.input = input;
        this.columns = RelTypes.columns(aggregate.getRowType());
        this.wanted = aggregate.getAggCallList().stream()
                .filter(AggregateCompiler::isDistinct)
                .map(Wanted::of)
                .distinct()
                .toList();
    }

    static Draft compile(Aggregate aggregate, Draft input) {
        return new DistinctBranches(aggregate, input.materialized(AggregateCompiler.used(aggregate))).draft();
    }

    private Draft draft() {
        Draft values = values();
        GroupStage stage = new GroupStage();
        int keys = aggregate.getGroupCount();
        for (int i = 0; i < keys; i++) {
            Field field = values.fields().get(i);
            stage.give(field.withSource(stage.key(field.name(), field.source().expression())));
        }
        Accumulators accumulators = new Accumulators(values, stage, Accumulators.Rows.of(aggregate));
        List<AggregateCall> calls = aggregate.getAggCallList();
        for (int i = 0; i < calls.size(); i++) {
            NativeQuery.Column column = columns.get(keys + i);
            if (AggregateCompiler.isDistinct(calls.get(i))) {
                accumulators.add(
                        column, calls.get(i).withDistinct(false).withFilter(-1).withArgList(List.of(keys + i)));
            } else {
                // Of each group one document holds it.
                Field field = values.fields().get(keys + i);
                stage.give(field.withSource(
                        stage.accumulate(column.name(), "$max", field.source().expression())));
            }
        }
        return stage.over(values, keys == 0 ? WhenEmpty.ONE_ROW : WhenEmpty.NO_ROWS);
    }

    /** The keys; then, for each call, its value in the branch that it is computed in, and null in all others. */
    private Draft values() {
        String branch = FieldNames.beside(input).free(BRANCH);
        BsonValue number = new BsonString("$" + branch);
        GroupStage stage = new GroupStage();
        List<Field> keys = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            Field field = input.fields().get(index);
            FieldUse.requireGrouping(field);
            String name = columns.get(keys.size()).name();
            keys.add(field.withName(name).withSource(stage.key(name, GroupStage.orNull(field))));
        }
        Path found = stage.key(BRANCH, number);
        Path value = stage.key(VALUE, valueOf(number));
        keys.forEach(stage::give);
        int position = keys.size();
        Accumulators accumulators = new Accumulators(input, stage, Accumulators.Rows.of(aggregate));
        for (AggregateCall call : aggregate.getAggCallList()) {
            NativeQuery.Column column = columns.get(position++);
            if (AggregateCompiler.isDistinct(call)) {
                Field argument = input.fields().get(call.getArgList().get(0));
                BsonValue here = in(found.expression(), wanted.indexOf(Wanted.of(call)) + 1, value.expression());
                stage.give(argument.withName(column.name())
                        .withSource(new Computed(here))
                        .orNull());
            } else {
                accumulators.add(column, call);
            }
        }
        Draft grouped = stage.over(input.multiplied(branch, wanted.size() + 1), WhenEmpty.NO_ROWS);
        List<Field> fields = new ArrayList<>(grouped.fields());
        for (int i = keys.size(); i < fields.size(); i++) {
            if (!AggregateCompiler.isDistinct(aggregate.getAggCallList().get(i - keys.size()))) {
                Field field = fields.get(i);
                fields.set(
                        i,
                        field.withSource(new Computed(
                                in(found.expression(), 0, field.source().expression()))));
            }
        }
        return grouped.withFields(fields);
    }

    private BsonValue valueOf(BsonValue branch) {
        BsonValue result = BsonNull.VALUE;
        for (int i = wanted.size(); i > 0; i--) {
            Wanted one = wanted.get(i - 1);
            Field field = input.fields().get(one.argument());
            FieldUse.requireGrouping(field);
            Optional<BsonValue> filter = Accumulators.isTrue(one.filter(), input);
            BsonValue value = Accumulators.where(filter, GroupStage.orNull(field));
            result = Bson.cond(Bson.call("$eq", branch, new BsonInt32(i)), value, result);
        }
        return result;
    }

    private static BsonValue in(BsonValue branch, int number, BsonValue value) {
        return Bson.cond(Bson.call("$eq", branch, new BsonInt32(number)), value, BsonNull.VALUE);
    }
}
