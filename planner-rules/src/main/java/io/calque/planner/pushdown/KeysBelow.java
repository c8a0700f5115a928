package io.calque.planner.pushdown;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Compares a column with keys, or their bounds, as far down in a fragment as the column goes, and with it each column that a join on the way makes equal: the
 * source may look both up in an index, where it would otherwise compute groups that meet no key.
 *
 * <pre>
 * Join(a = b)                        Join(a = b)
 *   t: a                        to     Filter(a = ?keys)
 *   Aggregate(b)                         t: a
 *     u: b                             Aggregate(b)
 *                                        Filter(b = ?keys)
 *                                          u: b
 * </pre>
 *
 * <p>Must not pass a limit or a window, whose other rows it would change, nor to the side of an outer join that keeps rows without a
 * partner. Immutable.
 */
record KeysBelow(KeyCondition condition) {
    RelNode in(RelNode node, int column) {
        if (node instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
            return replaced(filter, in(filter.getInput(), column));
        }
        if (node instanceof Project project
                && !project.containsOver()
                && project.getProjects().get(column) instanceof RexInputRef ref) {
            return replaced(project, in(project.getInput(), ref.getIndex()));
        }
        if (node instanceof Project project
                && !project.containsOver()
                && isWiderInteger(project.getProjects().get(column))) {
            RelNode input = project.getInput();
            RexNode compared = condition.on(project.getProjects().get(column));
            return replaced(project, LogicalFilter.create(input, compared));
        }
        if (node instanceof Aggregate aggregate
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && column < aggregate.getGroupCount()) {
            return replaced(
                    aggregate, in(aggregate.getInput(), aggregate.getGroupSet().nth(column)));
        }
        if (node instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            return replaced(sort, in(sort.getInput(), column));
        }
        if (node instanceof Union union) {
            List<RelNode> inputs =
                    union.getInputs().stream().map(input -> in(input, column)).toList();
            return union.copy(union.getTraitSet(), inputs);
        }
        return node instanceof Join join && join.getVariablesSet().isEmpty()
                ? inJoin(join, column)
                : here(node, column);
    }

    /** A whole number that joins one of another width: sources compare it without the cast, which would hide its index. */
    private static boolean isWiderInteger(RexNode expression) {
        if (expression.getKind() != SqlKind.CAST || !SqlTypeUtil.isIntType(expression.getType())) {
            return false;
        }
        RexNode inner = ((RexCall) expression).getOperands().get(0);
        return inner instanceof RexInputRef
                && SqlTypeUtil.isIntType(inner.getType())
                && inner.getType().getPrecision() <= expression.getType().getPrecision();
    }

    private static RelNode replaced(RelNode node, RelNode input) {
        return node.copy(node.getTraitSet(), List.of(input));
    }

    private RelNode here(RelNode node, int column) {
        RexBuilder rex = node.getCluster().getRexBuilder();
        return LogicalFilter.create(node, condition.on(rex.makeInputRef(node, column)));
    }

    private RelNode inJoin(Join join, int column) {
        int width = join.getLeft().getRowType().getFieldCount();
        boolean left = column < width;
        JoinRelType type = join.getJoinType();
        if (left ? type.generatesNullsOnLeft() : type.generatesNullsOnRight()) {
            return here(join, column);
        }
        JoinInfo info = join.analyzeCondition();
        int own = left ? column : column - width;
        int at = (left ? info.leftKeys : info.rightKeys).indexOf(own);
        RelNode leftInput = left ? in(join.getLeft(), own) : join.getLeft();
        RelNode rightInput = left ? join.getRight() : in(join.getRight(), own);
        if (at >= 0 && info.nullExclusionFlags.get(at)) {
            int partner = (left ? info.rightKeys : info.leftKeys).get(at);
            RelNode other = left ? join.getRight() : join.getLeft();
            if (isOfKeysType(other, partner)) {
                rightInput = left ? in(other, partner) : rightInput;
                leftInput = left ? leftInput : in(other, partner);
            }
        }
        return join.copy(join.getTraitSet(), List.of(leftInput, rightInput));
    }

    private boolean isOfKeysType(RelNode node, int column) {
        return SqlTypeUtil.equalSansNullability(
                node.getCluster().getTypeFactory(),
                node.getRowType().getFieldList().get(column).getType(),
                condition.type());
    }
}
