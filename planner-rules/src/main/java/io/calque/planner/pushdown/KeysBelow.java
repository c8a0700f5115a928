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
    /**
     * @param columns of the node's rows; one, or as many as each key has values
     */
    RelNode in(RelNode node, List<Integer> columns) {
        if (node instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
            return replaced(filter, in(filter.getInput(), columns));
        }
        if (node instanceof Project project && !project.containsOver()) {
            return inProject(project, columns);
        }
        if (node instanceof Aggregate aggregate
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && columns.stream().allMatch(column -> column < aggregate.getGroupCount())) {
            List<Integer> below = columns.stream()
                    .map(column -> aggregate.getGroupSet().nth(column))
                    .toList();
            return replaced(aggregate, in(aggregate.getInput(), below));
        }
        if (node instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            return replaced(sort, in(sort.getInput(), columns));
        }
        if (node instanceof Union union) {
            List<RelNode> inputs =
                    union.getInputs().stream().map(input -> in(input, columns)).toList();
            return union.copy(union.getTraitSet(), inputs);
        }
        return node instanceof Join join && join.getVariablesSet().isEmpty()
                ? inJoin(join, columns)
                : here(node, columns);
    }

    private RelNode inProject(Project project, List<Integer> columns) {
        List<RexNode> values = columns.stream().map(project.getProjects()::get).toList();
        if (values.stream().allMatch(RexInputRef.class::isInstance)) {
            List<Integer> below =
                    values.stream().map(v -> ((RexInputRef) v).getIndex()).toList();
            return replaced(project, in(project.getInput(), below));
        }
        return values.stream().allMatch(value -> value instanceof RexInputRef || isWiderInteger(value))
                ? replaced(project, LogicalFilter.create(project.getInput(), condition.on(values)))
                : here(project, columns);
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

    private RelNode here(RelNode node, List<Integer> columns) {
        RexBuilder rex = node.getCluster().getRexBuilder();
        List<RexNode> values =
                columns.stream().<RexNode>map(c -> rex.makeInputRef(node, c)).toList();
        return LogicalFilter.create(node, condition.on(values));
    }

    private RelNode inJoin(Join join, List<Integer> columns) {
        int width = join.getLeft().getRowType().getFieldCount();
        boolean left = columns.get(0) < width;
        JoinRelType type = join.getJoinType();
        boolean apart = columns.stream().anyMatch(column -> column < width != left);
        if (apart || (left ? type.generatesNullsOnLeft() : type.generatesNullsOnRight())) {
            return here(join, columns);
        }
        JoinInfo info = join.analyzeCondition();
        List<Integer> own =
                columns.stream().map(column -> left ? column : column - width).toList();
        RelNode leftInput = left ? in(join.getLeft(), own) : join.getLeft();
        RelNode rightInput = left ? join.getRight() : in(join.getRight(), own);
        int at = own.size() > 1 ? -1 : (left ? info.leftKeys : info.rightKeys).indexOf(own.get(0));
        if (at >= 0 && info.nullExclusionFlags.get(at)) {
            int partner = (left ? info.rightKeys : info.leftKeys).get(at);
            RelNode other = left ? join.getRight() : join.getLeft();
            if (isOfKeysType(other, partner)) {
                rightInput = left ? in(other, List.of(partner)) : rightInput;
                leftInput = left ? leftInput : in(other, List.of(partner));
            }
        }
        return join.copy(join.getTraitSet(), List.of(leftInput, rightInput));
    }

    private boolean isOfKeysType(RelNode node, int column) {
        return SqlTypeUtil.equalSansNullability(
                node.getCluster().getTypeFactory(),
                node.getRowType().getFieldList().get(column).getType(),
                condition.types().get(0));
    }
}
