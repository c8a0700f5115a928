package io.calque.planner.rewrite;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Says of the one side of a join what is known of its key on the other, so that both sources send fewer rows.
 *
 * <pre>
 * Join(o.id = l.order_id)                 Join(o.id = l.order_id)
 *   Filter(o.id &gt; 3000): pg      to       Filter(o.id &gt; 3000): pg
 *   l: mongo                                Filter(l.order_id &gt; 3000): mongo
 * </pre>
 *
 * <p>Takes comparisons of the key alone with constants, and keys of one exact type, whose equal values compare alike; doubles, of which two
 * zeros are equal, are left out. Must not fire for a side whose rows without a partner an outer or anti-join keeps. Stateless.
 */
final class TransitivePredicates {
    private TransitivePredicates() {}

    /** One walk from below; what it adds to a join may imply more once it has been moved down. */
    static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(apply(input)));
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        return copy instanceof Join join ? bothSides(join) : copy;
    }

    private static RelNode bothSides(Join join) {
        JoinRelType type = join.getJoinType();
        boolean toRight = type == JoinRelType.INNER || type == JoinRelType.LEFT || !type.projectsRight();
        boolean toLeft = type == JoinRelType.INNER || type == JoinRelType.RIGHT || type == JoinRelType.SEMI;
        JoinInfo keys = join.analyzeCondition();
        SetMultimap<Integer, RexNode> ofLeft = known(join.getLeft());
        SetMultimap<Integer, RexNode> ofRight = known(join.getRight());
        List<RexNode> left = new ArrayList<>();
        List<RexNode> right = new ArrayList<>();
        for (int i = 0; i < keys.leftKeys.size(); i++) {
            int leftKey = keys.leftKeys.get(i);
            int rightKey = keys.rightKeys.get(i);
            if (isExact(type(join.getLeft(), leftKey), type(join.getRight(), rightKey))) {
                if (toRight) {
                    implied(ofLeft.get(leftKey), ofRight.get(rightKey), rightKey, join.getRight(), right);
                }
                if (toLeft) {
                    implied(ofRight.get(rightKey), ofLeft.get(leftKey), leftKey, join.getLeft(), left);
                }
            }
        }
        return left.isEmpty() && right.isEmpty()
                ? join
                : join.copy(join.getTraitSet(), List.of(with(join.getLeft(), left), with(join.getRight(), right)));
    }

    private static RelDataType type(RelNode node, int column) {
        return node.getRowType().getFieldList().get(column).getType();
    }

    private static boolean isExact(RelDataType one, RelDataType other) {
        return SqlTypeUtil.equalSansNullability(one, other) && !SqlTypeUtil.isApproximateNumeric(one);
    }

    /** Conditions of another key, said of this column, without those that are known of it. */
    private static void implied(
            Collection<RexNode> ofOther, Collection<RexNode> ofThis, int column, RelNode node, List<RexNode> found) {
        RexInputRef here = RexInputRef.of(column, node.getRowType());
        for (RexNode condition : ofOther) {
            RexNode moved = at(condition, here);
            if (!ofThis.contains(moved) && !found.contains(moved)) {
                found.add(moved);
            }
        }
    }

    /** A condition on one column, said of another. */
    private static RexNode at(RexNode condition, RexInputRef column) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef old) {
                return column;
            }
        });
    }

    private static RelNode with(RelNode node, List<RexNode> conditions) {
        return conditions.isEmpty()
                ? node
                : LogicalFilter.create(
                        node, RexUtil.composeConjunction(node.getCluster().getRexBuilder(), conditions));
    }

    /** By the column, the conditions on it alone that hold for all rows. */
    private static SetMultimap<Integer, RexNode> known(RelNode node) {
        SetMultimap<Integer, RexNode> known = LinkedHashMultimap.create();
        if (node instanceof Filter filter) {
            known.putAll(known(filter.getInput()));
            add(filter.getCondition(), known);
        } else if (node instanceof Sort sort) {
            known.putAll(known(sort.getInput()));
        } else if (node instanceof Project project) {
            SetMultimap<Integer, RexNode> below = known(project.getInput());
            for (int i = 0; i < project.getProjects().size(); i++) {
                if (project.getProjects().get(i) instanceof RexInputRef reference) {
                    move(below.get(reference.getIndex()), i, node, known);
                }
            }
        } else if (node instanceof Aggregate aggregate && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            SetMultimap<Integer, RexNode> below = known(aggregate.getInput());
            for (int i = 0; i < aggregate.getGroupCount(); i++) {
                move(below.get(aggregate.getGroupSet().nth(i)), i, node, known);
            }
        } else if (node instanceof Join join) {
            ofJoin(join, known);
        }
        return known;
    }

    private static void ofJoin(Join join, SetMultimap<Integer, RexNode> known) {
        JoinRelType type = join.getJoinType();
        if (!type.generatesNullsOnLeft()) {
            known.putAll(known(join.getLeft()));
        }
        if (type.projectsRight() && !type.generatesNullsOnRight()) {
            int offset = join.getLeft().getRowType().getFieldCount();
            known(join.getRight())
                    .asMap()
                    .forEach((column, conditions) -> move(conditions, column + offset, join, known));
        }
        if (type == JoinRelType.INNER) {
            add(join.getCondition(), known);
        }
    }

    private static void move(
            Collection<RexNode> conditions, int column, RelNode node, Multimap<Integer, RexNode> known) {
        conditions.forEach(condition -> known.put(column, at(condition, RexInputRef.of(column, node.getRowType()))));
    }

    private static void add(RexNode condition, Multimap<Integer, RexNode> known) {
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            ImmutableBitSet columns = RelOptUtil.InputFinder.bits(conjunct);
            // that a key is not NULL, the join says itself
            if (columns.cardinality() == 1
                    && conjunct.getKind() != SqlKind.IS_NOT_NULL
                    && ColumnComparisons.is(conjunct)) {
                known.put(columns.nth(0), conjunct);
            }
        }
    }
}
