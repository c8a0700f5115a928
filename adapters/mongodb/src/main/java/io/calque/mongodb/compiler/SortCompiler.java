package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.SlotCount;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/**
 * Says ORDER BY, OFFSET and LIMIT. MongoDB sorts null and missing lowest, so where SQL wants them elsewhere a rank key stands
 * before the column; it is left out where the column is never NULL, so that an index serves the sort.
 *
 * <pre>
 * SELECT name FROM artists ORDER BY name LIMIT 3
 * db.artists.aggregate([{$addFields: {"name#rank": {$cond: [{$gt: ["$name", null]}, 0, 1]}}},
 *                       {$sort: {"name#rank": 1, name: 1}}, {$limit: 3}, {$project: {_id: 0, name: 1}}])
 * </pre>
 */
final class SortCompiler {
    private static final BsonInt32 ASCENDING = new BsonInt32(1);
    private static final BsonInt32 DESCENDING = new BsonInt32(-1);

    private final Draft input;
    private final BsonDocument added = new BsonDocument();
    private final BsonDocument order = new BsonDocument();
    private final List<Field> fields;
    private final FieldNames names;

    private SortCompiler(Draft input) {
        this.input = input;
        this.fields = new ArrayList<>(input.fields());
        this.names = FieldNames.beside(input);
    }

    static Draft compile(Sort sort, Draft input) {
        SortCompiler compiler = new SortCompiler(input);
        for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
            compiler.addKey(key);
        }
        Draft draft = input;
        if (!compiler.added.isEmpty()) {
            draft = draft.withStage(Bson.of("$addFields", compiler.added));
        }
        if (!compiler.order.isEmpty()) {
            draft = draft.withFields(compiler.fields).withStage(Bson.of("$sort", compiler.order));
        }
        if (sort.offset != null) {
            draft = draft.withStage(Bson.of("$skip", count(sort.offset)));
        }
        return sort.fetch == null ? draft : draft.withStage(Bson.of("$limit", count(sort.fetch)));
    }

    private void addKey(RelFieldCollation key) {
        Field field = fields.get(key.getFieldIndex());
        FieldUse.requireOrder(field);
        Path path = stored(key.getFieldIndex(), field);
        boolean descending = key.getDirection().isDescending();
        boolean nullsFirst = key.nullDirection == NullDirection.FIRST
                || key.nullDirection == NullDirection.UNSPECIFIED && descending;
        boolean nan = FieldUse.mayBeNaN(field);
        // Lowest in MongoDB's own order: first when ascending.
        boolean nullsStandRight = !field.nullable() || nullsFirst != descending;
        if (nan || !nullsStandRight) {
            String rank = names.free(path.dotted() + "#rank");
            added.append(rank, rank(path.expression(), field.nullable(), nullsFirst, nan, descending));
            order.append(rank, ASCENDING);
        }
        // A column that is a key twice is ordered by its first place.
        order.putIfAbsent(path.dotted(), descending ? DESCENDING : ASCENDING);
    }

    /** Sorting needs a field: a computed column is added to the documents first. */
    private Path stored(int index, Field field) {
        if (field.source() instanceof Path path) {
            return path;
        }
        Path path = Path.of(names.free(field.name() + "#"));
        added.append(path.dotted(), field.source().expression());
        fields.set(index, field.withSource(path));
        return path;
    }

    /** NaN counts as the greatest number, as in PostgreSQL; MongoDB takes it for the least. */
    private static BsonValue rank(
            BsonValue value, boolean nullable, boolean nullsFirst, boolean nan, boolean descending) {
        BsonValue number = new BsonInt32(0);
        BsonValue ofValue = nan
                ? Bson.cond(
                        Bson.call("$eq", value, new BsonDouble(Double.NaN)), new BsonInt32(descending ? -1 : 1), number)
                : number;
        if (!nullable) {
            return ofValue;
        }
        return Bson.cond(Bson.isNotNull(value), ofValue, new BsonInt32(nullsFirst ? -2 : nan ? 2 : 1));
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
