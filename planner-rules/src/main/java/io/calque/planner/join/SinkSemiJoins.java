package io.calque.planner.join;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Moves semi-joins and anti-joins below other joins, to the rows that one source can join itself.
 *
 * <pre>
 * AntiJoin(l.id = m.id)          Join(l.b = s.b)
 *   Join(l.b = s.b)                AntiJoin(l.id = m.id)
 *     l             to               l
 *     s                              m
 *   m                              s
 * </pre>
 *
 * <p>They repeat no row and drop rows by the columns of one side only, so it makes no difference where that side is. Must not pass to a
 * side of an outer join that gets NULLs; stays where it is when no one source has both its sides, for other joins may leave it fewer rows.
 * Stateless.
 */
final class SinkSemiJoins {
    private final Predicate<RelNode> joinableAtSource;
    private final GroupSemiJoinKeys keys;

    SinkSemiJoins(Predicate<RelNode> joinableAtSource, GroupSemiJoinKeys keys) {
        this.joinableAtSource = joinableAtSource;
        this.keys = keys;
    }

    RelNode apply(RelNode node) {
        List<RelNode> inputs = node.getInputs().stream().map(this::apply).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (!isSemi(copy)) {
            return copy;
        }
        Join join = (Join) copy;
        return new Sinking(join).into(join.getLeft(), 0).orElseGet(() -> keys.apply(join));
    }

    private static boolean isSemi(RelNode node) {
        return node instanceof Join join
                && !join.getJoinType().projectsRight()
                && join.getVariablesSet().isEmpty();
    }

    /** One join on its way down. Single use. */
    private final class Sinking {
        private final Join join;
        private final int width;
        private final ImmutableBitSet used;

        Sinking(Join join) {
            this.join = join;
            this.width = join.getLeft().getRowType().getFieldCount();
            this.used = RelOptUtil.InputFinder.bits(join.getCondition()).intersect(ImmutableBitSet.range(width));
        }

        /**
         * @param offset where this node's columns begin among those of the join's own left side
         */
        Optional<RelNode> into(RelNode node, int offset) {
            if (node instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
                return into(filter.getInput(), offset).map(input -> filter.copy(filter.getTraitSet(), List.of(input)));
            }
            if (node instanceof Join other && other.getVariablesSet().isEmpty()) {
                Optional<RelNode> below = below(other, offset);
                if (below.isPresent()) {
                    return below;
                }
            }
            RelNode here = LogicalJoin.create(
                    node,
                    join.getRight(),
                    List.of(),
                    shifted(offset, node.getRowType().getFieldCount()),
                    Set.of(),
                    join.getJoinType());
            return joinableAtSource.test(here) ? Optional.of(here) : Optional.empty();
        }

        private Optional<RelNode> below(Join other, int offset) {
            int middle = offset + other.getLeft().getRowType().getFieldCount();
            JoinRelType type = other.getJoinType();
            boolean left = !used.isEmpty() && used.length() <= middle;
            if (left && !type.generatesNullsOnLeft()) {
                return into(other.getLeft(), offset)
                        .map(input -> other.copy(other.getTraitSet(), List.of(input, other.getRight())));
            }
            boolean right = type.projectsRight() && !used.isEmpty() && used.nextSetBit(0) >= middle;
            if (right && !type.generatesNullsOnRight()) {
                return into(other.getRight(), middle)
                        .map(input -> other.copy(other.getTraitSet(), List.of(other.getLeft(), input)));
            }
            return Optional.empty();
        }

        private RexNode shifted(int offset, int nodeWidth) {
            return join.getCondition().accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    int index = ref.getIndex();
                    return new RexInputRef(index < width ? index - offset : index - width + nodeWidth, ref.getType());
                }
            });
        }
    }
}
