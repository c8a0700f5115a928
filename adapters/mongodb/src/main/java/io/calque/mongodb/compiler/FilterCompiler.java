package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

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
    private static final String HOLDS = "holds#";

    private FilterCompiler() {}

    static Draft compile(Filter filter, Draft input) {
        RexNode condition = RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
        return where(RelOptUtil.conjunctions(condition), input);
    }

    /**
     * @param conjuncts without SEARCH
     */
    static Draft where(List<RexNode> conjuncts, Draft input) {
        MatchTranslator translator = new MatchTranslator(input);
        Draft draft = input;
        List<BsonDocument> onRows = new ArrayList<>();
        List<BsonValue> mayFail = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            BsonDocument predicate = translator.whereTrue(conjunct);
            if (Failing.mayFail(predicate)) {
                mayFail.add(new ExpressionTranslator(input).holds(conjunct, Truth.TRUE));
            } else if (input.onlyFiltered() && (input.unwinds().isEmpty() || isOfDocument(conjunct, input))) {
                draft = draft.withFirst(predicate);
            } else {
                onRows.add(predicate);
            }
        }
        draft = onRows.isEmpty() ? draft : draft.withMatch(Predicates.and(onRows));
        return mayFail.isEmpty() ? draft : last(draft, mayFail);
    }

    /**
     * Conditions that may fail stand behind all others, and in a field of their own: a server may try the parts of a {@code $match} in
     * any order, and moves a {@code $match} to the front, but not before the field that it reads.
     */
    private static Draft last(Draft draft, List<BsonValue> conditions) {
        BsonValue result = conditions.get(conditions.size() - 1);
        for (int i = conditions.size() - 2; i >= 0; i--) {
            result = Bson.cond(conditions.get(i), result, BsonBoolean.FALSE);
        }
        return draft.withStage(Bson.of("$addFields", Bson.of(HOLDS, result)))
                .withStage(Bson.of("$match", Bson.of(HOLDS, BsonBoolean.TRUE)));
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
