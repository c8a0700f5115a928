package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.SlotCount;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/**
 * Says ORDER BY, OFFSET and LIMIT.
 *
 * <pre>
 * SELECT name FROM artists ORDER BY name LIMIT 3
 * db.artists.aggregate([{$addFields: {"name#rank": {$cond: [{$gt: ["$name", null]}, 0, 1]}}},
 *                       {$sort: {"name#rank": 1, name: 1}}, {$limit: 3}, {$project: {_id: 0, name: 1}}])
 * </pre>
 */
final class SortCompiler {
    private SortCompiler() {}

    static Draft compile(Sort sort, Draft input) {
        SortKeys keys = SortKeys.of(input, sort.getCollation().getFieldCollations());
        Draft draft = keys.rows();
        if (!keys.order().isEmpty()) {
            draft = draft.withStage(Bson.of("$sort", keys.order()));
        }
        if (sort.offset != null) {
            draft = draft.withStage(Bson.of("$skip", count(sort.offset)));
        }
        return sort.fetch == null ? draft : draft.withStage(Bson.of("$limit", count(sort.fetch)));
    }

    private static BsonValue count(RexNode bound) {
        if (bound instanceof RexDynamicParam parameter) {
            return new SlotCount(new ParameterSlot(parameter.getIndex(), DataType.BIGINT));
        }
        if (bound instanceof RexLiteral literal) {
            Long rows = literal.getValueAs(Long.class);
            if (rows != null && rows >= 0) {
                return rows <= Integer.MAX_VALUE ? new BsonInt32(rows.intValue()) : new BsonInt64(rows);
            }
        }
        throw new Refused("LIMIT and OFFSET are not plain numbers");
    }
}
