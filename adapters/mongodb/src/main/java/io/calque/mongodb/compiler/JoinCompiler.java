package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.compiler.JoinSides.Key;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.mongodb.pipeline.Comparison;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says a join as {@code $lookup} by one key; further conditions try what it found.
 *
 * <pre>
 * SELECT p.name, o.item FROM people p JOIN orders o ON o.person = p.id AND o.quantity > 2
 * db.people.aggregate([{$lookup: {from: "orders", localField: "id", foreignField: "person", as: "orders#"}},
 *                      {$unwind: "$orders#"}, {$match: {"orders#.quantity": {$gt: 2}}}, ...])
 * </pre>
 *
 * <p>{@code $lookup} lets null meet null and a missing field, SQL lets NULL meet nothing: inner joins leave rows without a key out before,
 * other joins filter what was found. Single-threaded, used once.
 */
final class JoinCompiler {
    private static final String ROW = "row";

    private final JoinSides sides;
    private final Draft main;
    private final String as;
    private final Key key;

    private JoinCompiler(JoinSides sides, Draft main) {
        this.sides = sides;
        this.main = main;
        this.as = FieldNames.beside(main).free(sides.foreignTable().name().table() + "#");
        this.key = sides.key();
    }

    static Draft compile(Join join) {
        switch (join.getJoinType()) {
            case INNER -> {
                return inner(join);
            }
            case LEFT -> {
                return compile(JoinSides.of(join, false));
            }
            case SEMI, ANTI -> {
                return ElementMatch.compile(join).orElseGet(() -> compile(JoinSides.of(join, false)));
            }
            case RIGHT -> {
                return compile(JoinSides.of(join, true));
            }
            default -> throw new Refused("MongoDB has no " + join.getJoinType() + " JOIN");
        }
    }

    /** Either side may be looked up; the reason that counts is the first. */
    private static Draft inner(Join join) {
        try {
            return compile(JoinSides.of(join, false));
        } catch (Refused first) {
            try {
                return compile(JoinSides.of(join, true));
            } catch (Refused second) {
                throw first;
            }
        }
    }

    private static Draft compile(JoinSides sides) {
        Draft main = FragmentTranslator.draft(sides.main());
        if (main.whenEmpty() == WhenEmpty.ONE_ROW || UnwindHere.isNeeded(main)) {
            throw new Refused("rows that are completed here are joined here");
        }
        main.features().require(ServerFeature.LOOKUP);
        if (!main.origin()
                .collection()
                .schema()
                .equals(sides.foreignTable().name().schema())) {
            throw new Refused("$lookup stays within one database");
        }
        sides.requireKeys(main);
        LookupCost.require(sides);
        return new JoinCompiler(sides, main).draft();
    }

    private Draft draft() {
        return switch (sides.type()) {
            case INNER -> unwound();
            case SEMI, ANTI -> tested();
            default -> completed();
        };
    }

    private Draft unwound() {
        Draft found = withLookup(withKey(main)).withStage(Bson.of("$unwind", new BsonString("$" + as)));
        Draft foreign = rows(sides.foreign(), found);
        Draft joined = foreign.withFields(sides.inOrder(main.fields(), foreign.fields()));
        return FilterCompiler.where(sides.others(), joined);
    }

    /** A row without a key meets none. */
    private Draft withKey(Draft draft) {
        Field field = draft.fields().get(key.main());
        if (!field.nullable()) {
            return draft;
        }
        if (!(field.source() instanceof Path path)) {
            throw new Refused("a computed column is joined here");
        }
        BsonDocument present = Comparison.notNull(path.dotted());
        return draft.onlyFiltered() && draft.unwinds().isEmpty() ? draft.withFirst(present) : draft.withMatch(present);
    }

    private Draft withLookup(Draft draft) {
        if (!(draft.fields().get(key.main()).source() instanceof Path local)) {
            throw new Refused("a computed column is joined here");
        }
        return draft.withStage(Bson.of(
                        "$lookup",
                        Bson.of(
                                        "from",
                                        new BsonString(
                                                sides.foreignTable().name().table()))
                                .append("localField", new BsonString(local.dotted()))
                                .append(
                                        "foreignField",
                                        new BsonString(key.foreignPath().dotted()))
                                .append("as", new BsonString(as))))
                .withShape(Shape.JOINED);
    }

    /** Which of the looked up documents belong to the row: all, but for conditions and for keys that are NULL. */
    private Draft withFoundOnly() {
        Field local = main.fields().get(key.main());
        boolean nullsMeet = local.nullable() && key.foreignNullable();
        Draft found = withLookup(main);
        Draft elements = elements(found);
        Draft element = SideOperators.columns(sides.foreign(), elements);
        List<BsonValue> conditions = new ArrayList<>();
        if (nullsMeet) {
            conditions.add(Bson.isNotNull(local.source().expression()));
        }
        SideOperators.conditions(
                sides.foreign(),
                elements,
                (condition, input) -> conditions.add(new ExpressionTranslator(input).holds(condition, Truth.TRUE)));
        ExpressionTranslator both =
                new ExpressionTranslator(found.withFields(sides.inOrder(main.fields(), element.fields())));
        sides.others().forEach(c -> conditions.add(both.holds(c, Truth.TRUE)));
        if (conditions.isEmpty()) {
            return found;
        }
        if (conditions.stream().anyMatch(Failing::mayFail)) {
            throw new Refused("a condition that may fail is tried here");
        }
        main.features().require(ServerFeature.ARRAY_FILTER);
        LookupCost.requireFewMatches(sides);
        BsonDocument filter = Bson.of("input", new BsonString("$" + as))
                .append("as", new BsonString(ROW))
                .append("cond", conditions.size() == 1 ? conditions.get(0) : Bson.call("$and", conditions));
        return found.withStage(Bson.of("$addFields", Bson.of(as, Bson.of("$filter", filter))));
    }

    private Draft tested() {
        LookupCost.requireFewMatches(sides);
        BsonDocument condition = sides.type() == JoinRelType.SEMI
                ? Bson.of(as + ".0", Bson.of("$exists", BsonBoolean.TRUE))
                : Bson.of(as, Bson.of("$size", new BsonInt32(0)));
        return withFoundOnly().withStage(Bson.of("$match", condition)).withFields(main.fields());
    }

    private Draft completed() {
        Draft found = withFoundOnly()
                .withStage(Bson.of(
                        "$unwind",
                        Bson.of("path", new BsonString("$" + as))
                                .append("preserveNullAndEmptyArrays", BsonBoolean.TRUE)));
        List<Field> foreign = SideOperators.columns(sides.foreign(), scanned(found)).fields().stream()
                .map(this::optional)
                .toList();
        return found.withFields(sides.inOrder(main.fields(), foreign));
    }

    /** NULL where no document was found, also for a column that is computed from nothing. */
    private Field optional(Field field) {
        Field nullable = field.orNull();
        return field.source() instanceof Computed computed
                ? nullable.withSource(new Computed(
                        Bson.cond(Bson.isNotNull(new BsonString("$" + as)), computed.expression(), BsonNull.VALUE)))
                : nullable;
    }

    // The other side's operators, over looked up documents in three places.

    /** As rows, once unwound. */
    private Draft rows(RelNode node, Draft found) {
        if (node instanceof TableScan) {
            return scanned(found);
        }
        Draft input = rows(node.getInput(0).stripped(), found);
        return node instanceof Filter filter
                ? FilterCompiler.compile(filter, input)
                : ProjectCompiler.compile((Project) node, input);
    }

    private Draft scanned(Draft found) {
        return found.withFields(ScanCompiler.compile(sides.foreignTable()).fields().stream()
                .map(field -> field.withSource(below((Path) field.source())))
                .toList());
    }

    private Path below(Path path) {
        List<String> steps = new ArrayList<>(List.of(as));
        steps.addAll(path.steps());
        return new Path(steps);
    }

    /** As elements of the array. */
    private Draft elements(Draft found) {
        return found.withFields(ScanCompiler.compile(sides.foreignTable()).fields().stream()
                .map(field -> {
                    FieldUse.requireReadable(field);
                    return field.withSource(
                            new Computed(new BsonString("$$" + ROW + "." + ((Path) field.source()).dotted())));
                })
                .toList());
    }
}
