package io.calque.planner.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Adds what a disjunction over several tables says of each of them alone, so that each fetches fewer rows.
 *
 * <pre>
 * (p.brand = 1 AND l.quantity &lt; 5) OR (p.brand = 2 AND l.quantity &lt; 9)
 *     to   the same AND (p.brand = 1 OR p.brand = 2) AND (l.quantity &lt; 5 OR l.quantity &lt; 9)
 * </pre>
 *
 * <p>Must not fire where a branch says nothing of the table, and takes only conditions that cannot fail: they are asked of rows that the
 * whole condition never sees. For inner joins. Stateless.
 */
final class ImplyConditionsOfTables {
    private ImplyConditionsOfTables() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                if (node instanceof LogicalFilter filter && isInner(filter.getInput())) {
                    RexNode wider = widened(filter.getCondition(), filter.getInput());
                    return wider == filter.getCondition()
                            ? filter
                            : filter.copy(filter.getTraitSet(), filter.getInput(), wider);
                }
                if (node instanceof LogicalJoin join && isInner(join)) {
                    RexNode wider = widened(join.getCondition(), join);
                    return wider == join.getCondition()
                            ? join
                            : join.copy(
                                    join.getTraitSet(),
                                    wider,
                                    join.getLeft(),
                                    join.getRight(),
                                    join.getJoinType(),
                                    join.isSemiJoinDone());
                }
                return node;
            }
        });
    }

    private static boolean isInner(RelNode node) {
        return node instanceof Join join && join.getJoinType() == JoinRelType.INNER;
    }

    private static RexNode widened(RexNode condition, RelNode join) {
        List<RexNode> disjunctions = RelOptUtil.conjunctions(condition).stream()
                .filter(c -> c.getKind() == SqlKind.OR)
                .toList();
        if (disjunctions.isEmpty()) {
            return condition;
        }
        List<ImmutableBitSet> tables = new ArrayList<>();
        tables(join, 0, tables);
        RexBuilder rex = join.getCluster().getRexBuilder();
        List<RexNode> all = new ArrayList<>(List.of(condition));
        for (RexNode disjunction : disjunctions) {
            ImmutableBitSet columns = RelOptUtil.InputFinder.bits(disjunction);
            for (ImmutableBitSet table : tables) {
                // Of one table alone it is a filter already.
                if (columns.intersects(table) && !table.contains(columns)) {
                    implied(disjunction, table, rex, all);
                }
            }
        }
        return all.size() == 1 ? condition : RexUtil.composeConjunction(rex, all);
    }

    /** The columns of each input of a run of inner joins. */
    private static int tables(RelNode node, int offset, List<ImmutableBitSet> found) {
        if (node instanceof Filter filter && isInner(filter.getInput())) {
            return tables(filter.getInput(), offset, found);
        }
        if (isInner(node)) {
            return tables(node.getInput(1), tables(node.getInput(0), offset, found), found);
        }
        int end = offset + node.getRowType().getFieldCount();
        found.add(ImmutableBitSet.range(offset, end));
        return end;
    }

    private static void implied(RexNode disjunction, ImmutableBitSet table, RexBuilder rex, List<RexNode> found) {
        List<RexNode> branches = new ArrayList<>();
        RexNode folded = FoldConstants.in(disjunction, rex);
        for (RexNode branch : RelOptUtil.disjunctions(folded)) {
            List<RexNode> own = RelOptUtil.conjunctions(branch).stream()
                    .filter(c -> table.contains(RelOptUtil.InputFinder.bits(c)) && ColumnComparisons.is(c))
                    .toList();
            if (own.isEmpty()) {
                return;
            }
            branches.add(RexUtil.composeConjunction(rex, own));
        }
        found.add(RexUtil.composeDisjunction(rex, branches));
    }
}
