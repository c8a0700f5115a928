package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.ResultField;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** Ends a pipeline: sends the columns asked for, and no other field. Single-threaded, used once. */
final class Finish {
    private static final BsonInt32 YES = new BsonInt32(1);
    private static final BsonInt32 NO = new BsonInt32(0);

    private final Draft draft;
    private final List<ResultField> results = new ArrayList<>();
    private final BsonDocument computed = new BsonDocument();
    private final Set<String> included = new TreeSet<>();
    private final Set<String> taken = new HashSet<>();
    private boolean addressable = true;

    private Finish(Draft draft) {
        this.draft = draft;
    }

    /** A finished pipeline and where its columns are found. */
    record Finished(List<BsonDocument> stages, List<ResultField> fields) {}

    /**
     * @param columns names and types of the rows, as many as the draft has fields
     */
    static Finished of(Draft draft, List<NativeQuery.Column> columns) {
        return new Finish(draft).finish(columns);
    }

    private Finished finish(List<NativeQuery.Column> columns) {
        for (Field field : draft.fields()) {
            if (field.source() instanceof Path path) {
                addressable &= path.isAddressable();
                included.add(path.dotted());
                taken.add(path.steps().get(0));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            Field field = draft.fields().get(i);
            long overNothing = field.source() instanceof Computed computedField ? computedField.overNothing() : 0;
            results.add(new ResultField(columns.get(i), pathOf(field), field.accepts(), field.origin(), overNothing));
        }
        List<BsonDocument> stages = new ArrayList<>(draft.pipeline());
        if (!addressable) {
            // $project cannot name these fields, so whole documents travel.
            if (!computed.isEmpty()) {
                stages.add(Bson.of("$addFields", computed));
            }
        } else if (!readsEverything()) {
            stages.add(Bson.of("$project", projection()));
        }
        return new Finished(stages, results);
    }

    private List<String> pathOf(Field field) {
        return field.source() instanceof Path path
                ? path.steps()
                : List.of(compute(field.name(), field.source().expression()));
    }

    private String compute(String name, BsonValue value) {
        String wanted = name.replace('.', '_').replace("$", "_");
        String free = wanted.isEmpty() || wanted.equals("_id") ? "value" : wanted;
        for (int n = 1; taken.contains(free); n++) {
            free = wanted + "_" + n;
        }
        taken.add(free);
        // {$project: {x: 1}} would ask for the field x.
        boolean plain = !value.isDocument() && !value.isString();
        computed.append(free, plain ? Bson.of("$literal", value) : value);
        return free;
    }

    /** Groups hold nothing else. Documents may: arrays, which are tables of their own, and fields that no sample has seen. */
    private boolean readsEverything() {
        return computed.isEmpty() && draft.shape() == Shape.GROUPS;
    }

    private BsonDocument projection() {
        BsonDocument projection = new BsonDocument();
        boolean id = included.stream().anyMatch(p -> p.equals("_id") || p.startsWith("_id."));
        if (!id && (!included.isEmpty() || !computed.isEmpty())) {
            projection.append("_id", NO);
        }
        for (Field field : draft.fields()) {
            if (field.source() instanceof Path path && !coveredByParent(path)) {
                projection.append(path.dotted(), YES);
            }
        }
        projection.putAll(computed);
        // A row of no columns is still a row.
        return projection.isEmpty() ? new BsonDocument("_id", YES) : projection;
    }

    /** {@code {address: 1, "address.city": 1}} is an error: "path collision". */
    private boolean coveredByParent(Path path) {
        for (int length = 1; length < path.steps().size(); length++) {
            if (included.contains(String.join(".", path.steps().subList(0, length)))) {
                return true;
            }
        }
        return false;
    }
}
