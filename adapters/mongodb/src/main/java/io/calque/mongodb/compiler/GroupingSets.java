package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.bson.BsonArray;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says grouping sets as one {@code $group}, in which each row stands once for each set:
 *
 * <pre>
 * SELECT country, city, COUNT(*) FROM orders GROUP BY ROLLUP (country, city)
 * db.orders.aggregate([{$addFields: {"set#": {$literal: [0, 1, 2]}}}, {$unwind: "$set#"},
 *     {$group: {_id: {"set#": "$set#", country: {$cond: [{$in: ["$set#", [0, 1]]}, "$country", null]},
 *                     city: {$cond: [{$in: ["$set#", [0]]}, "$city", null]}}, n: {$sum: 1}}}])
 * </pre>
 *
 * <p>{@code $facet} would make one document of all groups, of at most 16 MB. The set's number keeps a total apart from the group of NULL.
 * Single-threaded, used once.
 */
final class GroupingSets {
    private static final String SET = "set#";

    private final Aggregate aggregate;
    private final List<ImmutableBitSet> sets;
    private final List<NativeQuery.Column> columns;
    private final GroupStage stage = new GroupStage();

    private GroupingSets(Aggregate aggregate) {
        this.aggregate = aggregate;
        this.sets = aggregate.getGroupSets();
        this.columns = RelTypes.columns(aggregate.getRowType());
    }

    static Draft compile(Aggregate aggregate, Draft input) {
        return new GroupingSets(aggregate).over(input.materialized(AggregateCompiler.used(aggregate)));
    }

    private Draft over(Draft input) {
        String set = FieldNames.beside(input).free(SET);
        BsonValue number = new BsonString("$" + set);
        Path grouping = stage.key(SET, number);
        int position = 0;
        for (int index : aggregate.getGroupSet()) {
            Field field = input.fields().get(index);
            FieldUse.requireGrouping(field);
            String name = columns.get(position++).name();
            List<BsonInt32> in = IntStream.range(0, sets.size())
                    .filter(i -> sets.get(i).get(index))
                    .mapToObj(BsonInt32::new)
                    .toList();
            BsonValue value = in.size() == sets.size()
                    ? GroupStage.orNull(field)
                    : Bson.cond(Bson.call("$in", number, new BsonArray(in)), GroupStage.orNull(field), BsonNull.VALUE);
            Field key = field.withName(name).withSource(stage.key(name, value));
            stage.give(in.size() == sets.size() ? key : key.orNull());
        }
        boolean total = sets.stream().anyMatch(ImmutableBitSet::isEmpty);
        Accumulators accumulators = new Accumulators(input, stage, Accumulators.Rows.of(aggregate));
        for (AggregateCall call : aggregate.getAggCallList()) {
            NativeQuery.Column column = columns.get(position++);
            if (call.getAggregation().getKind() == SqlKind.GROUPING) {
                stage.give(bits(column, call, grouping, input));
            } else {
                accumulators.add(column, call);
            }
        }
        return stage.over(input.multiplied(set, sets.size()), total ? WhenEmpty.ONE_ROW : WhenEmpty.NO_ROWS);
    }

    /** GROUPING: one bit a column, 1 where the row is a total over it. */
    private Field bits(NativeQuery.Column column, AggregateCall call, Path grouping, Draft input) {
        BsonValue result = new BsonInt64(bits(call, sets.get(0)));
        for (int i = 1; i < sets.size(); i++) {
            BsonValue isThis = Bson.call("$eq", grouping.expression(), new BsonInt32(i));
            result = Bson.cond(isThis, new BsonInt64(bits(call, sets.get(i))), result);
        }
        return new Field(
                column.name(),
                column.type(),
                column.nullable(),
                new Computed(result, bits(call, ImmutableBitSet.of())),
                Optional.empty(),
                Accepts.EXACT,
                column.name(),
                input.origin().table());
    }

    private static long bits(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return bits;
    }
}
