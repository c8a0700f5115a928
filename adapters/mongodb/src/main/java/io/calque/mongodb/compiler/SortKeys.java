package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * Says by what rows are sorted. MongoDB sorts null and missing lowest, so where SQL wants them elsewhere a rank key stands
 * before the column; it is left out where the column is never NULL, so that an index serves the sort. Single-threaded, used once.
 *
 * <pre>
 * ORDER BY name
 * {$addFields: {"name#rank": {$cond: [{$gt: ["$name", null]}, 0, 1]}}}, sorted by {"name#rank": 1, name: 1}
 * </pre>
 */
final class SortKeys {
    private static final BsonInt32 ASCENDING = new BsonInt32(1);
    private static final BsonInt32 DESCENDING = new BsonInt32(-1);

    private final Draft input;
    /** A stage does not see the fields that it adds, so ranks come behind the columns that are computed. */
    private final BsonDocument stored = new BsonDocument();

    private final BsonDocument ranks = new BsonDocument();
    private final BsonDocument order = new BsonDocument();
    private final List<Field> fields;
    private final FieldNames names;

    private SortKeys(Draft input) {
        this.input = input;
        this.fields = new ArrayList<>(input.fields());
        this.names = FieldNames.beside(input);
    }

    static SortKeys of(Draft input, List<RelFieldCollation> keys) {
        SortKeys found = new SortKeys(input);
        keys.forEach(found::addKey);
        return found;
    }

    /** The same rows, with what they are sorted by as fields. */
    Draft rows() {
        Draft draft = stored.isEmpty() ? input : input.withStage(Bson.of("$addFields", stored));
        draft = ranks.isEmpty() ? draft : draft.withStage(Bson.of("$addFields", ranks));
        return draft.withFields(fields);
    }

    /** As {@code $sort} takes it; empty without a key. */
    BsonDocument order() {
        return order;
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
            ranks.append(rank, rank(path.expression(), field.nullable(), nullsFirst, nan, descending));
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
        stored.append(path.dotted(), field.source().expression());
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
}
