package io.calque.mongodb.pipeline;

import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that a plain {@code find} says as well: conditions, order, bounds, and fields to include, each at most once and in
 * this order. Servers stream it in batches of the size asked for, which not every server does with aggregations. Immutable.
 *
 * @param projection fields to include; empty for whole documents
 */
public record FindForm(
        BsonDocument filter,
        BsonDocument sort,
        Optional<BsonValue> skip,
        Optional<BsonValue> limit,
        BsonDocument projection) {
    private static final List<String> ORDER = List.of("$match", "$sort", "$skip", "$limit", "$project");

    /** Empty when only an aggregation says it. */
    public static Optional<FindForm> of(List<BsonDocument> stages) {
        BsonDocument parts = new BsonDocument();
        int last = -1;
        for (BsonDocument stage : stages) {
            int position = ORDER.indexOf(stage.getFirstKey());
            if (position <= last) {
                return Optional.empty();
            }
            last = position;
            parts.putAll(stage);
        }
        BsonDocument projection = document(parts.get("$project"));
        // Computed fields are understood by find only from MongoDB 4.4.
        if (!projection.values().stream().allMatch(BsonValue::isInt32)) {
            return Optional.empty();
        }
        return Optional.of(new FindForm(
                document(parts.get("$match")),
                document(parts.get("$sort")),
                Optional.ofNullable(parts.get("$skip")),
                Optional.ofNullable(parts.get("$limit")),
                projection));
    }

    private static BsonDocument document(@Nullable BsonValue value) {
        return value == null ? new BsonDocument() : value.asDocument();
    }
}
