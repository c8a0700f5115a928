package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * A pipeline that is being composed: what has been said so far, and where the columns stand after it. Immutable; each operator
 * makes a new one.
 *
 * @param first conditions on whole documents, said before any array is unwound
 * @param unwinds the stages that unwind the arrays of a child table; empty for a collection
 * @param stages what follows
 * @param fields in the order of the row type
 * @param shape which documents flow
 */
record Draft(
        TableOrigin origin,
        List<BsonDocument> first,
        List<BsonDocument> unwinds,
        List<BsonDocument> stages,
        List<Field> fields,
        Shape shape,
        WhenEmpty whenEmpty) {

    private static final String MATCH = "$match";

    Draft {
        first = List.copyOf(first);
        unwinds = List.copyOf(unwinds);
        stages = List.copyOf(stages);
        fields = List.copyOf(fields);
    }

    /** Which documents flow. */
    enum Shape {
        /** Those of the collection, with all their fields. */
        DOCUMENTS,
        /** Made by a stage, with just the fields that the columns name. */
        GROUPS,
        /** With documents of another collection in them. */
        JOINED
    }

    /** All stages in order. */
    List<BsonDocument> pipeline() {
        List<BsonDocument> all = new ArrayList<>();
        if (!first.isEmpty()) {
            all.add(Bson.of(MATCH, Predicates.and(first)));
        }
        all.addAll(unwinds);
        all.addAll(stages);
        return List.copyOf(all);
    }

    Draft withStage(BsonDocument stage) {
        List<BsonDocument> longer = new ArrayList<>(stages);
        longer.add(stage);
        return new Draft(origin, first, unwinds, longer, fields, shape, whenEmpty);
    }

    /** A condition on whole documents; only while nothing but conditions follows the unwinding. */
    Draft withFirst(BsonDocument predicate) {
        List<BsonDocument> more = new ArrayList<>(first);
        more.add(predicate);
        return new Draft(origin, more, unwinds, stages, fields, shape, whenEmpty);
    }

    /** A condition on the rows as they are now; two in a row are one. */
    Draft withMatch(BsonDocument predicate) {
        int last = stages.size() - 1;
        if (last < 0 || !stages.get(last).containsKey(MATCH)) {
            return withStage(Bson.of(MATCH, predicate));
        }
        List<BsonDocument> merged = new ArrayList<>(stages);
        BsonDocument both = Predicates.and(List.of(merged.get(last).getDocument(MATCH), predicate));
        merged.set(last, Bson.of(MATCH, both));
        return new Draft(origin, first, unwinds, merged, fields, shape, whenEmpty);
    }

    /** Whether a condition on whole documents may still go before everything. */
    boolean onlyFiltered() {
        return shape == Shape.DOCUMENTS && stages.stream().allMatch(s -> s.containsKey(MATCH));
    }

    /** What its server was seen to compute. */
    Features features() {
        return new Features(ServerFeature.of(origin.table()));
    }

    /** The same rows, in which these columns are fields: a value that is used more than once is computed once. */
    Draft materialized(Collection<Integer> indexes) {
        FieldNames names = FieldNames.beside(this);
        List<Field> found = new ArrayList<>(fields);
        BsonDocument added = new BsonDocument();
        for (int index : indexes) {
            Field field = found.get(index);
            if (field.source() instanceof Computed computed) {
                String name = names.free(field.name() + "#");
                added.append(name, computed.expression());
                found.set(index, field.withSource(Path.of(name)));
            }
        }
        return added.isEmpty() ? this : withFields(found).withStage(Bson.of("$addFields", added));
    }

    /** The same rows, each so many times, with a number from 0 in the field. */
    Draft multiplied(String field, int times) {
        List<BsonInt32> numbers =
                IntStream.range(0, times).mapToObj(BsonInt32::new).toList();
        return withStage(Bson.of("$addFields", Bson.of(field, Bson.of("$literal", new BsonArray(numbers)))))
                .withStage(Bson.of("$unwind", new BsonString("$" + field)));
    }

    Draft withShape(Shape newShape) {
        return new Draft(origin, first, unwinds, stages, fields, newShape, whenEmpty);
    }

    Draft withFields(List<Field> newFields) {
        return new Draft(origin, first, unwinds, stages, newFields, shape, whenEmpty);
    }
}
