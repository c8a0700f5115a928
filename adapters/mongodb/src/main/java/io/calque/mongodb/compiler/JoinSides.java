package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
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

/**
 * A join as {@code $lookup} sees it: rows of a pipeline, and documents of one collection that are looked up for each. Immutable.
 *
 * @param mirrored whether the pipeline is the join's right side
 * @param foreign the looked up side: filters and projections over one collection
 * @param key the pair that is looked up by
 * @param others all other conditions, over the join's row
 */
record JoinSides(
        JoinRelType type,
        boolean mirrored,
        RelNode main,
        RelNode foreign,
        TableDescriptor foreignTable,
        Key key,
        List<RexNode> others) {

    /**
     * @param main index of the column in the pipeline's row
     * @param foreign column of the collection
     */
    record Key(int main, ColumnDescriptor foreign) {
        Path foreignPath() {
            return new Path(foreign.path());
        }

        boolean foreignNullable() {
            return foreign.nullable();
        }
    }

    static JoinSides of(Join join, boolean mirrored) {
        RelNode main = (mirrored ? join.getRight() : join.getLeft()).stripped();
        RelNode foreign = (mirrored ? join.getLeft() : join.getRight()).stripped();
        TableDescriptor table = lookedUp(foreign);
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        RexNode condition = RexUtil.expandSearch(join.getCluster().getRexBuilder(), null, join.getCondition());
        List<RexNode> conjuncts = RelOptUtil.conjunctions(condition);
        Optional<Key> best = Optional.empty();
        Optional<RexNode> used = Optional.empty();
        for (RexNode conjunct : conjuncts) {
            Optional<Key> key = key(conjunct, leftWidth, mirrored, foreign);
            if (key.isPresent() && (best.isEmpty() || rank(table, key.get()) > rank(table, best.get()))) {
                best = key;
                used = Optional.of(conjunct);
            }
        }
        if (best.isEmpty()) {
            throw new Refused("$lookup joins by equality of columns");
        }
        List<RexNode> others = new ArrayList<>(conjuncts);
        others.remove(used.orElseThrow());
        JoinRelType type = join.getJoinType() == JoinRelType.RIGHT ? JoinRelType.LEFT : join.getJoinType();
        return new JoinSides(type, mirrored, main, foreign, table, best.get(), others);
    }

    /** Documents of a collection as they are, filtered and projected: what a lookup finds. */
    private static TableDescriptor lookedUp(RelNode node) {
        if (node instanceof TableScan scan) {
            TableDescriptor table = FragmentColumns.table(scan);
            if (table.nestedIn().isPresent()) {
                throw new Refused("$lookup finds documents, not the elements of their arrays");
            }
            if (table.facts().containsKey(ColumnFacts.COLLATION)) {
                throw new Refused("the collection compares text by collation "
                        + table.facts().get(ColumnFacts.COLLATION));
            }
            return table;
        }
        if (node instanceof Filter || node instanceof Project project && !project.containsOver()) {
            return lookedUp(node.getInput(0).stripped());
        }
        throw new Refused("$lookup finds documents of one collection, neither groups nor joined rows");
    }

    private static Optional<Key> key(RexNode conjunct, int leftWidth, boolean mirrored, RelNode foreign) {
        if (conjunct.getKind() != SqlKind.EQUALS || !(conjunct instanceof RexCall call)) {
            return Optional.empty();
        }
        RexNode one = Casts.stripForComparison(call.getOperands().get(0));
        RexNode two = Casts.stripForComparison(call.getOperands().get(1));
        if (!(one instanceof RexInputRef first) || !(two instanceof RexInputRef second)) {
            return Optional.empty();
        }
        boolean firstIsLeft = first.getIndex() < leftWidth;
        if (firstIsLeft == second.getIndex() < leftWidth) {
            return Optional.empty();
        }
        int left = firstIsLeft ? first.getIndex() : second.getIndex();
        int right = (firstIsLeft ? second.getIndex() : first.getIndex()) - leftWidth;
        return column(foreign, mirrored ? left : right).map(c -> new Key(mirrored ? right : left, c));
    }

    /** The stored column behind one of a side that filters and projects. */
    private static Optional<ColumnDescriptor> column(RelNode node, int index) {
        if (node instanceof TableScan scan) {
            return Optional.of(FragmentColumns.table(scan).columns().get(index));
        }
        RelNode input = node.getInput(0).stripped();
        if (node instanceof Project project) {
            return project.getProjects().get(index) instanceof RexInputRef ref
                    ? column(input, ref.getIndex())
                    : Optional.empty();
        }
        return column(input, index);
    }

    /** A key of which each value stands once is the better one, any index the next. */
    private static int rank(TableDescriptor table, Key key) {
        if (isUnique(table, key.foreign())) {
            return 2;
        }
        return isIndexed(table, key.foreign()) ? 1 : 0;
    }

    boolean isUnique() {
        return isUnique(foreignTable, key.foreign());
    }

    boolean isIndexed() {
        return isIndexed(foreignTable, key.foreign());
    }

    private static boolean isUnique(TableDescriptor table, ColumnDescriptor column) {
        List<String> alone = List.of(column.name());
        return table.primaryKey().filter(k -> k.columns().equals(alone)).isPresent()
                || table.uniqueKeys().stream().anyMatch(k -> k.columns().equals(alone));
    }

    private static boolean isIndexed(TableDescriptor table, ColumnDescriptor column) {
        return isUnique(table, column)
                || table.indexes().stream()
                        .anyMatch(index -> index.condition().isEmpty()
                                && !index.columns().isEmpty()
                                && !index.columns().get(0).expression()
                                && index.columns().get(0).name().equals(column.name()));
    }

    /** Refuses keys that MongoDB does not compare as SQL does. */
    void requireKeys(Draft pipeline) {
        Field local = pipeline.fields().get(key.main());
        Field found = ScanCompiler.compile(foreignTable)
                .fields()
                .get(foreignTable.columns().indexOf(key.foreign()));
        Stored one = FieldUse.requireEquality(local);
        Stored two = FieldUse.requireEquality(found);
        if (one != two || one == Stored.OBJECT_ID_OR_STRING) {
            throw new Refused("columns " + local.name() + " and " + found.name() + " hold values of different types");
        }
        boolean alike =
                local.type().kind() == found.type().kind() || isInteger(local.type()) && isInteger(found.type());
        if (!alike || local.type().kind() == TypeKind.DOUBLE) {
            throw new Refused("a comparison of " + local.type() + " with " + found.type() + " is made here");
        }
    }

    private static boolean isInteger(DataType type) {
        return Arithmetic.isInteger(type);
    }

    /** Columns in the order of the join's row. */
    List<Field> inOrder(List<Field> mainFields, List<Field> foreignFields) {
        List<Field> all = new ArrayList<>(mirrored ? foreignFields : mainFields);
        all.addAll(mirrored ? mainFields : foreignFields);
        return all;
    }
}
