package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.bson.BsonDocument;

/**
 * Says a filter as {@code $match}. Conditions on the document of a child table's rows stand before its arrays are unwound,
 * where an index serves them:
 *
 * <pre>
 * SELECT * FROM artists.albums WHERE artists_id = 5 AND title LIKE 'A%'
 * db.artists.aggregate([{$match: {_id: 5}}, {$unwind: ...}, {$match: {"albums.title": /^A/s}}, ...])
 * </pre>
 */
final class FilterCompiler {
    private FilterCompiler() {}

    static Draft compile(Filter filter, Draft input) {
        MatchTranslator translator = new MatchTranslator(input);
        RexNode condition = RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
        Draft draft = input;
        List<BsonDocument> onRows = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            BsonDocument predicate = translator.whereTrue(conjunct);
            if (input.onlyFiltered() && (input.unwinds().isEmpty() || isOfDocument(conjunct, input))) {
                draft = draft.withFirst(predicate);
            } else {
                onRows.add(predicate);
            }
        }
        return onRows.isEmpty() ? draft : draft.withMatch(Predicates.and(onRows));
    }

    private static boolean isOfDocument(RexNode conjunct, Draft input) {
        String array =
                input.unwinds().get(0).getDocument("$unwind").getString("path").getValue();
        return RelOptUtil.InputFinder.bits(conjunct).asList().stream()
                .map(input.fields()::get)
                .allMatch(field ->
                        field.source() instanceof Path path && !(("$" + path.dotted() + ".").startsWith(array + ".")));
    }
}
