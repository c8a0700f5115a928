package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import org.bson.BsonValue;

/** Where accumulators stand: in a {@code $group}, or over a window. */
interface Accumulated {
    /** Adds a field, of this name or one like it. */
    Path accumulate(String name, String operator, BsonValue value);

    /** The next column. */
    void give(Field field);
}
