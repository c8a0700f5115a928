package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/**
 * A pipeline that is being composed: what has been said so far, and where the columns stand after it. Immutable; each operator
 * makes a new one.
 *
 * @param unwinds how many of the first stages unwind the arrays of a child table
 * @param stages so far
 * @param fields in the order of the row type
 * @param shape what may still be said, and how
 */
record Draft(
        TableOrigin origin,
        int unwinds,
        List<BsonDocument> stages,
        List<Field> fields,
        Shape shape,
        WhenEmpty whenEmpty) {

    Draft {
        stages = List.copyOf(stages);
        fields = List.copyOf(fields);
    }

    /** Which documents flow. */
    enum Shape {
        /** Those of the collection, with all their fields. */
        DOCUMENTS,
        /** Made by a stage, with just the fields that the columns name. */
        GROUPS
    }

    Draft withStage(BsonDocument stage) {
        return withStageAt(stages.size(), stage);
    }

    Draft withStageAt(int position, BsonDocument stage) {
        List<BsonDocument> longer = new ArrayList<>(stages);
        longer.add(position, stage);
        return new Draft(origin, unwinds, longer, fields, shape, whenEmpty);
    }

    Draft withFields(List<Field> newFields) {
        return new Draft(origin, unwinds, stages, newFields, shape, whenEmpty);
    }
}
