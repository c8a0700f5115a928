package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** One {@code $group} that is being composed: its keys, its accumulators, and the columns they give. Single-threaded, used once. */
final class GroupStage implements Accumulated {
    private final BsonDocument keys = new BsonDocument();
    private final BsonDocument accumulators = new BsonDocument();
    private final FieldNames keyNames = FieldNames.beside();
    private final FieldNames names = FieldNames.beside("_id");
    private final List<Field> fields = new ArrayList<>();

    /** A missing key and a null one would be two groups. */
    static BsonValue orNull(Field field) {
        BsonValue value = field.source().expression();
        return field.nullable() ? Bson.call("$ifNull", value, BsonNull.VALUE) : value;
    }

    Path key(String name, BsonValue value) {
        String free = keyNames.free(name);
        keys.append(free, value);
        return Path.of("_id", free);
    }

    @Override
    public Path accumulate(String name, String operator, BsonValue value) {
        String free = names.free(name);
        accumulators.append(free, Bson.of(operator, value));
        return Path.of(free);
    }

    @Override
    public void give(Field field) {
        fields.add(field);
    }

    Draft over(Draft input, WhenEmpty whenEmpty) {
        BsonDocument group = new BsonDocument("_id", keys.isEmpty() ? BsonNull.VALUE : keys);
        group.putAll(accumulators);
        return new Draft(
                input.origin(),
                input.first(),
                input.unwinds(),
                input.withStage(Bson.of("$group", group)).stages(),
                fields,
                Shape.GROUPS,
                whenEmpty);
    }
}
