package io.calque.mongodb.compiler;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Short spellings of BSON trees. Stateless. */
final class Bson {
    private Bson() {}

    static BsonDocument of(String name, BsonValue value) {
        return new BsonDocument(name, value);
    }

    /** {@code {$operator: [operand, ...]}}. */
    static BsonDocument call(String operator, BsonValue... operands) {
        return new BsonDocument(operator, new BsonArray(List.of(operands)));
    }

    static BsonDocument call(String operator, List<? extends BsonValue> operands) {
        return new BsonDocument(operator, new BsonArray(operands));
    }

    /** True for a value; false for null and for a missing field, which both order below every value but MinKey. */
    static BsonDocument isNotNull(BsonValue expression) {
        return call("$gt", expression, BsonNull.VALUE);
    }

    /** True for null and for a missing field: {@code $eq} with null would be false for the latter. */
    static BsonDocument isNull(BsonValue expression) {
        return call("$lte", expression, BsonNull.VALUE);
    }

    static BsonDocument cond(BsonValue condition, BsonValue then, BsonValue otherwise) {
        return call("$cond", condition, then, otherwise);
    }
}
