package io.calque.planner.rewrite;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Has the decorrelator make a total of another source's rows there, by the columns that the subquery compares with the outer row.
 *
 * <pre>
 * SELECT * FROM a.p WHERE p.n &gt; (SELECT SUM(x) FROM b.t WHERE t.k = p.k)
 *
 * stock, where p.k is a key of p:     here:
 * Filter(n &gt; s)                       Filter(n &gt; s)
 *   Aggregate(all of p, SUM(x) AS s)    Join(LEFT, k = k)
 *     Join(LEFT, k = k)                   p
 *       p                                 Aggregate(k, SUM(x) AS s)
 *       t                                   t
 * </pre>
 *
 * <p>Of the stock form only the rows of {@code t} could be asked of its source, and they would be grouped here by all columns of {@code p}. The
 * decorrelator has a rule of its own for it, which looks for the projection right below the total; another one, that changes nothing, keeps it
 * away. Must not fire where one source has all the rows: it joins the few that it needs before it groups them; nor on COUNT, which is 0 where
 * there are no rows: for that the decorrelator would read the outer rows a second time. Stateless.
 */
final class TotalsOfOtherSources {
    private TotalsOfOtherSources() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                return node instanceof LogicalCorrelate correlate
                                && correlate.getJoinType() == JoinRelType.LEFT
                                && isOfSeveralSources(correlate)
                        ? apart(correlate)
                        : node;
            }
        });
    }

    private static boolean isOfSeveralSources(RelNode node) {
        Set<SourceId> sources = new HashSet<>();
        addSources(node, sources);
        return sources.size() > 1;
    }

    private static void addSources(RelNode node, Set<SourceId> found) {
        TableDescriptor table = node instanceof TableScan scan ? scan.getTable().unwrap(TableDescriptor.class) : null;
        if (table != null) {
            found.add(table.name().source());
        }
        node.getInputs().forEach(input -> addSources(input, found));
    }

    private static RelNode apart(LogicalCorrelate correlate) {
        if (!(correlate.getRight() instanceof LogicalProject result)
                || !(result.getInput() instanceof LogicalAggregate total)
                || !total.getGroupSet().isEmpty()
                || total.getAggCallList().stream()
                        .anyMatch(call -> call.getAggregation().getKind() == SqlKind.COUNT)
                || !(total.getInput() instanceof LogicalProject rows)
                || !(rows.getInput() instanceof LogicalFilter filter)
                || !comparesColumns(filter)) {
            return correlate;
        }
        List<RexNode> same = rows.getCluster().getRexBuilder().identityProjects(rows.getRowType());
        RelNode again =
                LogicalProject.create(rows, List.of(), same, rows.getRowType().getFieldNames(), Set.of());
        RelNode right = result.copy(result.getTraitSet(), List.of(total.copy(total.getTraitSet(), List.of(again))));
        return correlate.copy(correlate.getTraitSet(), List.of(correlate.getLeft(), right));
    }

    /** Whether the outer row is only asked for what the rows' own values equal: anything else would repeat the outer query. */
    private static boolean comparesColumns(LogicalFilter filter) {
        return RelOptUtil.conjunctions(filter.getCondition()).stream()
                .filter(RexUtil::containsFieldAccess)
                .allMatch(conjunct -> conjunct.getKind() == SqlKind.EQUALS && comparesColumn((RexCall) conjunct));
    }

    private static boolean comparesColumn(RexCall equality) {
        RexNode one = equality.getOperands().get(0);
        RexNode other = equality.getOperands().get(1);
        return one instanceof RexFieldAccess && !RexUtil.containsFieldAccess(other)
                || other instanceof RexFieldAccess && !RexUtil.containsFieldAccess(one);
    }
}
