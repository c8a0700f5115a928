package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.RowPredicate;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.FragmentColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Says a semi or anti join of documents with the elements of their own array as a condition on the array.
 *
 * <pre>
 * SELECT name FROM artists a WHERE EXISTS (SELECT 1 FROM artists.albums b WHERE b.artists_id = a._id AND b.title = 'Load' AND b.year > 1990)
 * db.artists.find({$or: [{albums: {$elemMatch: {title: "Load", year: {$gt: 1990}}}},
 *                        {"albums.title": "Load", "albums.year": {$gt: 1990}, $expr: {$not: [{$isArray: "$albums"}]}}]}, {_id: 0, name: 1})
 * </pre>
 *
 * <p>An element that is no document is a row of NULLs, and a document where others have an array is a row as well: {@code $elemMatch} finds
 * neither. So it is used for conditions that no such row of NULLs meets, and beside it stands the lone document; all other conditions
 * filter the elements in an {@code $expr}. One comparison needs neither: {@code {"albums.title": "Load"}}. Single-threaded, used once.
 */
final class ElementMatch {
    private static final String ROW = "row";
    private static final List<String> ID = List.of("_id");
    /** A name that no pipeline can say. */
    private static final Path UNNAMEABLE = new Path(List.of(""));

    private final Join join;
    private final Draft main;
    private final RelNode child;
    private final Draft scanned;
    private final Path array;
    /** Conditions on the child alone that the join has instead of a filter below it; over the child's row. */
    private final List<RexNode> ofChild = new ArrayList<>();

    private ElementMatch(Join join, Draft main, RelNode child, TableDescriptor table, NestedIn nested) {
        this.join = join;
        this.main = main;
        this.child = child;
        this.scanned = ScanCompiler.compile(table);
        this.array = new Path(nested.arrays().get(0));
    }

    /**
     * Empty for joins of anything but documents and elements of their own arrays, by the documents' key.
     *
     * @throws Refused where the condition is not the server's to try
     */
    static Optional<Draft> compile(Join join) {
        RelNode child = join.getRight().stripped();
        Optional<TableDescriptor> table = table(child);
        Optional<NestedIn> nested = table.flatMap(TableDescriptor::nestedIn);
        if (nested.isEmpty() || nested.get().arrays().size() != 1) {
            return Optional.empty();
        }
        Draft main = FragmentTranslator.draft(join.getLeft());
        boolean documents = main.shape() == Shape.DOCUMENTS
                && main.unwinds().isEmpty()
                && main.whenEmpty() == WhenEmpty.NO_ROWS
                && main.origin().collection().equals(nested.get().collection());
        return documents ? new ElementMatch(join, main, child, table.get(), nested.get()).draft() : Optional.empty();
    }

    /** The child table, filtered, projected and made distinct at most. */
    private static Optional<TableDescriptor> table(RelNode node) {
        if (node instanceof TableScan scan) {
            return Optional.of(FragmentColumns.table(scan));
        }
        boolean plain = node instanceof Filter
                || node instanceof Project project && !project.containsOver()
                || node instanceof Aggregate aggregate && isDistinct(aggregate);
        return plain ? table(node.getInput(0).stripped()) : Optional.empty();
    }

    private static boolean isDistinct(Aggregate aggregate) {
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getGroupCount() > 0
                && aggregate.getAggCallList().isEmpty();
    }

    private Optional<Draft> draft() {
        List<RexNode> others = new ArrayList<>();
        boolean sameDocument = false;
        for (RexNode conjunct : conjuncts(join.getCondition())) {
            if (isOfSameDocument(conjunct)) {
                sameDocument = true;
            } else if (RelOptUtil.InputFinder.bits(conjunct).nextSetBit(0)
                    >= main.fields().size()) {
                ofChild.add(RexUtil.shift(conjunct, -main.fields().size()));
            } else {
                others.add(conjunct);
            }
        }
        if (!sameDocument) {
            return Optional.empty();
        }
        if (!array.isAddressable()) {
            throw new Refused("pipelines cannot name the array " + array.dotted());
        }
        BsonDocument found = others.isEmpty() ? matched().orElseGet(() -> filtered(others)) : filtered(others);
        BsonDocument predicate = join.getJoinType() == JoinRelType.SEMI ? found : Predicates.not(found);
        return Optional.of(main.onlyFiltered() ? main.withFirst(predicate) : main.withMatch(predicate));
    }

    private List<RexNode> conjuncts(RexNode condition) {
        return RelOptUtil.conjunctions(RexUtil.expandSearch(join.getCluster().getRexBuilder(), null, condition));
    }

    /** The key of the document on both sides, which is unique and never NULL. */
    private boolean isOfSameDocument(RexNode conjunct) {
        if (conjunct.getKind() != SqlKind.EQUALS
                || !(Casts.stripForComparison(((RexCall) conjunct).getOperands().get(0)) instanceof RexInputRef first)
                || !(Casts.stripForComparison(((RexCall) conjunct).getOperands().get(1))
                        instanceof RexInputRef second)) {
            return false;
        }
        int width = main.fields().size();
        int left = Math.min(first.getIndex(), second.getIndex());
        int right = Math.max(first.getIndex(), second.getIndex());
        if (left >= width || right < width) {
            return false;
        }
        Field local = main.fields().get(left);
        Field foreign = SideOperators.columns(child, scanned).fields().get(right - width);
        if (!isId(local) || !isId(foreign) || local.nullable()) {
            return false;
        }
        FieldUse.requireGrouping(local);
        return true;
    }

    private static boolean isId(Field field) {
        return field.source() instanceof Path path && path.steps().equals(ID);
    }

    // In the query language.

    /** Empty where it has no words, or where a row of NULLs meets the condition. */
    private Optional<BsonDocument> matched() {
        BsonDocument onElement = condition(elements(Path::new, new Computed(new BsonString("$$" + ROW))));
        if (holdsExpression(onElement) || !leavesOutNulls(onElement)) {
            return Optional.empty();
        }
        BsonDocument onDocument = condition(scanned);
        if (isOneComparison(onElement)) {
            return Optional.of(onDocument);
        }
        BsonDocument alone = Bson.of("$expr", Bson.call("$not", Bson.of("$isArray", array.expression())));
        return Optional.of(Predicates.or(List.of(
                Bson.of(array.dotted(), Bson.of("$elemMatch", onElement)),
                Predicates.and(List.of(onDocument, alone)))));
    }

    private BsonDocument condition(Draft rows) {
        List<BsonDocument> parts = new ArrayList<>();
        conditions(rows, (condition, input) -> parts.add(new MatchTranslator(input).whereTrue(condition)));
        return Predicates.and(parts);
    }

    private static boolean holdsExpression(BsonValue value) {
        if (value.isArray()) {
            return value.asArray().stream().anyMatch(ElementMatch::holdsExpression);
        }
        return value.isDocument()
                && (value.asDocument().containsKey("$expr")
                        || value.asDocument().values().stream().anyMatch(ElementMatch::holdsExpression));
    }

    /** Whether a row without any value does not meet it. A comparison with a parameter is met by no NULL. */
    private static boolean leavesOutNulls(BsonDocument condition) {
        if (RowPredicate.isSlot(condition)) {
            return true;
        }
        return condition.entrySet().stream().anyMatch(entry -> switch (entry.getKey()) {
            case "$and" -> entry.getValue().asArray().stream().anyMatch(part -> leavesOutNulls(part.asDocument()));
            case "$or" -> entry.getValue().asArray().stream().allMatch(part -> leavesOutNulls(part.asDocument()));
            // Of a negation nothing is known without its parameters.
            case "$nor" -> false;
            default -> {
                BsonDocument one = Bson.of(entry.getKey(), entry.getValue());
                yield RowPredicate.understands(one) && !RowPredicate.matches(one, path -> List.of());
            }
        });
    }

    /** One comparison that a document satisfies where an element of its array does. */
    private static boolean isOneComparison(BsonDocument condition) {
        if (RowPredicate.isSlot(condition)) {
            return RowPredicate.lifted(condition) == condition;
        }
        return condition.size() == 1
                && !condition.getFirstKey().startsWith("$")
                && (!condition.isDocument(condition.getFirstKey())
                        || condition.getDocument(condition.getFirstKey()).size() == 1)
                && RowPredicate.lifted(condition).equals(condition);
    }

    // As an expression over the elements.

    private BsonDocument filtered(List<RexNode> others) {
        Draft rows = elements(
                steps -> new Computed(new BsonString("$$" + ROW + "." + String.join(".", steps))),
                new Computed(new BsonString("$$" + ROW)));
        List<BsonValue> conditions = new ArrayList<>();
        conditions(
                rows,
                (condition, input) -> conditions.add(new ExpressionTranslator(input).holds(condition, Truth.TRUE)));
        List<Field> both = new ArrayList<>(main.fields());
        both.addAll(SideOperators.columns(child, rows).fields());
        others.forEach(
                other -> conditions.add(new ExpressionTranslator(main.withFields(both)).holds(other, Truth.TRUE)));
        if (conditions.stream().anyMatch(Failing::mayFail)) {
            throw new Refused("a condition that may fail is tried here");
        }
        BsonValue whole = array.expression();
        BsonValue elements = Bson.cond(
                Bson.of("$isArray", whole),
                whole,
                Bson.cond(Bson.isNotNull(whole), new BsonArray(List.of(whole)), new BsonArray()));
        if (!conditions.isEmpty()) {
            main.features().require(ServerFeature.ARRAY_FILTER);
            elements = Bson.of(
                    "$filter",
                    Bson.of("input", elements)
                            .append("as", new BsonString(ROW))
                            .append(
                                    "cond",
                                    conditions.size() == 1 ? conditions.get(0) : Bson.call("$and", conditions)));
        }
        return Bson.of("$expr", Bson.call("$gt", Bson.of("$size", elements), new BsonInt32(0)));
    }

    // The child's operators, over its columns in one of these places.

    private interface Place {
        FieldSource of(List<String> steps);
    }

    /** The child's columns: those of the element in their place, those of the document where they are; positions are not known. */
    private Draft elements(Place place, FieldSource element) {
        int depth = array.steps().size();
        return scanned.withFields(scanned.fields().stream()
                .map(field -> {
                    if (field.column().filter(ColumnFacts::isOrdinal).isPresent()) {
                        return field.withSource(UNNAMEABLE);
                    }
                    List<String> steps = ((Path) field.source()).steps();
                    boolean within =
                            steps.size() >= depth && steps.subList(0, depth).equals(array.steps());
                    if (!within) {
                        return field.withSource(new Computed(field.source().expression()));
                    }
                    FieldUse.requireReadable(field);
                    return field.withSource(
                            steps.size() == depth ? element : place.of(steps.subList(depth, steps.size())));
                })
                .toList());
    }

    private void conditions(Draft rows, SideOperators.Condition taken) {
        SideOperators.conditions(child, rows, taken);
        Draft columns = SideOperators.columns(child, rows);
        ofChild.forEach(conjunct -> taken.take(conjunct, columns));
    }
}
