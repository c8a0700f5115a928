package io.calque.planner.rewrite;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Says "is there a row" with a limit where the decorrelator is to see it.
 *
 * <p>Before: {@code SELECT TRUE FROM t GROUP BY TRUE}, which an uncorrelated EXISTS becomes; after: {@code SELECT TRUE FROM t LIMIT 1}.
 * The decorrelator leaves constants out of the keys of groups, and a group without keys has a row even where t has none: beside
 * a correlated subquery such an EXISTS was always true.
 */
final class LimitConstantGroups {
    private LimitConstantGroups() {}

    /** The plan itself where nothing is correlated. */
    static RelNode apply(RelNode plan) {
        return hasCorrelation(plan) ? plan.accept(new Limiting()) : plan;
    }

    private static boolean hasCorrelation(RelNode node) {
        return node instanceof LogicalCorrelate
                || node.getInputs().stream().anyMatch(LimitConstantGroups::hasCorrelation);
    }

    private static final class Limiting extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(RelNode other) {
            RelNode node = super.visit(other);
            boolean constant = node instanceof LogicalAggregate a
                    && a.getAggCallList().isEmpty()
                    && a.getGroupSets().size() == 1
                    && a.getGroupCount() > 0
                    && a.getInput() instanceof LogicalProject project
                    && a.getGroupSet().asList().stream()
                            .allMatch(i -> project.getProjects().get(i) instanceof RexLiteral)
                    && RelOptUtil.getVariablesUsed(a).isEmpty();
            return constant ? limited((LogicalAggregate) node) : node;
        }

        private static RelNode limited(LogicalAggregate aggregate) {
            LogicalProject project = (LogicalProject) aggregate.getInput();
            RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
            List<RexNode> constants = aggregate.getGroupSet().asList().stream()
                    .map(project.getProjects()::get)
                    .toList();
            RelNode rows = LogicalProject.create(
                    project.getInput(),
                    List.of(),
                    constants,
                    aggregate.getRowType().getFieldNames(),
                    Set.of());
            return LogicalSort.create(rows, RelCollations.EMPTY, null, rexBuilder.makeExactLiteral(BigDecimal.ONE));
        }
    }
}
