package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Union;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says UNION ALL as {@code $unionWith}, and UNION as groups of what it gives. Each branch projects its columns to fields of the same
 * names:
 *
 * <pre>
 * SELECT name FROM a UNION ALL SELECT title FROM b
 * db.a.aggregate([{$project: {_id: 0, name: "$name"}}, {$unionWith: {coll: "b", pipeline: [{$project: {_id: 0, name: "$title"}}]}}])
 * </pre>
 */
final class UnionCompiler {
    private UnionCompiler() {}

    static Draft compile(Union union) {
        List<Draft> branches = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            Draft branch = FragmentTranslator.draft(input);
            requireAlone(branch);
            branches.add(branch);
        }
        Draft first = branches.get(0);
        first.features().require(ServerFeature.UNION_WITH);
        List<NativeQuery.Column> columns = RelTypes.columns(union.getRowType());
        List<String> names = names(columns);
        Draft all = first.withStage(projection(first, columns, names));
        for (Draft branch : branches.subList(1, branches.size())) {
            if (!branch.origin()
                    .collection()
                    .schema()
                    .equals(first.origin().collection().schema())) {
                throw new Refused("$unionWith stays within one database");
            }
            List<BsonDocument> stages =
                    branch.withStage(projection(branch, columns, names)).pipeline();
            all = all.withStage(Bson.of(
                    "$unionWith",
                    Bson.of("coll", new BsonString(branch.origin().collection().table()))
                            .append("pipeline", new BsonArray(stages))));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(field(columns.get(i), Path.of(names.get(i)), first));
        }
        Draft united = all.withFields(fields).withShape(Shape.GROUPS);
        return union.all ? united : distinct(united, names);
    }

    private static void requireAlone(Draft branch) {
        if (branch.whenEmpty() == WhenEmpty.ONE_ROW) {
            throw new Refused("an aggregate without groups has one row even over nothing, which is completed here");
        }
        if (UnwindHere.isNeeded(branch)) {
            throw new Refused("arrays that are unwound here are united here");
        }
    }

    private static BsonDocument projection(Draft branch, List<NativeQuery.Column> columns, List<String> names) {
        BsonDocument projection = new BsonDocument("_id", new BsonInt32(0));
        for (int i = 0; i < columns.size(); i++) {
            Field field = branch.fields().get(i);
            if (FieldUse.requireEquality(field) != Stored.AS_TYPED
                    || field.type().kind() != columns.get(i).type().kind()) {
                throw new Refused("the values of column " + field.name() + " are read as "
                        + columns.get(i).type() + " here");
            }
            BsonValue value = field.source().expression();
            projection.append(
                    names.get(i), value.isDocument() || value.isString() ? value : Bson.of("$literal", value));
        }
        return Bson.of("$project", projection);
    }

    private static List<String> names(List<NativeQuery.Column> columns) {
        FieldNames free = FieldNames.beside("_id");
        return columns.stream().map(column -> free.free(column.name())).toList();
    }

    private static Draft distinct(Draft united, List<String> names) {
        BsonDocument keys = new BsonDocument();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Field field = united.fields().get(i);
            keys.append(names.get(i), Bson.call("$ifNull", field.source().expression(), BsonNull.VALUE));
            fields.add(field.withSource(Path.of("_id", names.get(i))));
        }
        return united.withFields(fields).withStage(Bson.of("$group", Bson.of("_id", keys)));
    }

    private static Field field(NativeQuery.Column column, Path path, Draft first) {
        return new Field(
                column.name(),
                column.type(),
                column.nullable(),
                path,
                Optional.empty(),
                Accepts.EXACT,
                column.name(),
                first.origin().table());
    }
}
