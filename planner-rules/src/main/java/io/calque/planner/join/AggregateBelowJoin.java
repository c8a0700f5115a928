package io.calque.planner.join;

import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.pushdown.ReadCosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has a source add up its rows by the columns that a join with another source compares, and adds up the sums above the join.
 *
 * <pre>
 * Aggregate(n, SUM(x))            Aggregate(n, SUM(s))
 *   Join(a = b)             to      Join(a = b)
 *     t: a, x                         Aggregate(a, SUM(x) AS s)
 *     u: b, n                           t: a, x
 *                                     u: b, n
 * </pre>
 *
 * <p>Rows with the same compared columns meet the same partners, so that each sum is taken as often as each of its rows would have been.
 * Must not fire on DISTINCT or filtered aggregates, on sums of floating numbers, whose order would show, nor on values whose computation
 * can fail: they would be asked of rows that the join leaves out. Stateless but for its gate.
 */
public final class AggregateBelowJoin {
    static final double LEAST_ROWS = 2_000;

    private final PushdownGate gate;

    public AggregateBelowJoin(PushdownGate gate) {
        this.gate = gate;
    }

    public RelNode apply(RelNode node) {
        List<RelNode> inputs = node.getInputs().stream().map(this::apply).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (!(copy instanceof LogicalAggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getAggCallList().isEmpty()
                || !aggregate.getAggCallList().stream().allMatch(AggregateParts::splits)) {
            return copy;
        }
        RelNode below = aggregate.getInput() instanceof Project project ? project.getInput() : aggregate.getInput();
        if (!(below instanceof LogicalJoin join)
                || join.getJoinType() != JoinRelType.INNER
                || OneSource.of(join).isPresent()) {
            return copy;
        }
        List<RexNode> columns = aggregate.getInput() instanceof Project project
                ? project.getProjects()
                : new ArrayList<>(join.getCluster().getRexBuilder().identityProjects(join.getRowType()));
        for (int side = 0; side < 2; side++) {
            Optional<RelNode> split = new Split(aggregate, join, columns, side).made();
            if (split.isPresent()) {
                return split.get();
            }
        }
        return copy;
    }

    /** One aggregate over one join, taken apart for one of its sides. Single use. */
    private final class Split {
        private final Aggregate aggregate;
        private final Join join;
        private final List<RexNode> columns;
        private final boolean left;
        private final RelNode side;
        private final int offset;
        private final ImmutableBitSet own;
        private final RexBuilder rex;
        /** Of the side's rows; by what they compute, each once. */
        private final Map<RexNode, Integer> keys = new LinkedHashMap<>();

        Split(Aggregate aggregate, Join join, List<RexNode> columns, int side) {
            this.aggregate = aggregate;
            this.join = join;
            this.columns = columns;
            this.left = side == 0;
            this.side = join.getInput(side);
            this.offset = left ? 0 : join.getLeft().getRowType().getFieldCount();
            this.own = ImmutableBitSet.range(
                    offset, offset + this.side.getRowType().getFieldCount());
            this.rex = join.getCluster().getRexBuilder();
        }

        Optional<RelNode> made() {
            boolean ours = aggregate.getAggCallList().stream()
                    .flatMap(call -> call.getArgList().stream())
                    .map(columns::get)
                    .allMatch(e -> own.contains(RelOptUtil.InputFinder.bits(e)) && SafeExpression.is(e));
            if (!ours || OneSource.of(side).isEmpty()) {
                return Optional.empty();
            }
            for (int column : RelOptUtil.InputFinder.bits(join.getCondition()).intersect(own)) {
                key(rex.makeInputRef(join, column));
            }
            for (int group : aggregate.getGroupSet()) {
                RexNode value = columns.get(group);
                ImmutableBitSet used = RelOptUtil.InputFinder.bits(value);
                if (!used.isEmpty() && own.contains(used) && SafeExpression.is(value)) {
                    key(value);
                    continue;
                }
                used.intersect(own).forEachInt(column -> key(rex.makeInputRef(join, column)));
            }
            return keys.isEmpty() ? Optional.empty() : partial().map(this::joined);
        }

        private void key(RexNode value) {
            keys.putIfAbsent(value, keys.size());
        }

        /** The side's groups; empty where they are too many, or where its source does not make them. */
        private Optional<RelNode> partial() {
            List<RexNode> values = new ArrayList<>(keys.keySet());
            List<Integer> arguments = new ArrayList<>();
            for (AggregateCall call : aggregate.getAggCallList()) {
                for (int argument : call.getArgList()) {
                    arguments.add(values.size());
                    values.add(columns.get(argument));
                }
                if (call.getArgList().isEmpty()) {
                    arguments.add(-1);
                }
            }
            RelNode input = LogicalProject.create(
                    side,
                    List.of(),
                    values.stream().map(v -> RexUtil.shift(v, -offset)).toList(),
                    names(values),
                    Set.of());
            List<AggregateCall> calls = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                AggregateCall call = aggregate.getAggCallList().get(i);
                List<Integer> argument = arguments.get(i) < 0 ? List.of() : List.of(arguments.get(i));
                calls.add(AggregateParts.ofPart(call, argument, keys.size(), input));
            }
            RelNode groups = LogicalAggregate.create(input, List.of(), ImmutableBitSet.range(keys.size()), null, calls);
            return OneSource.of(side)
                    .filter(source -> gate.operator(source, groups).allowed()
                            && isWorth(
                                    gate.readCosts(source), groups.getRowType().getFieldCount()))
                    .map(source -> groups);
        }

        /** Whether fewer rows arrive sooner than all of them, which need not be grouped. */
        private boolean isWorth(ReadCosts costs, int width) {
            RelMetadataQuery mq = join.getCluster().getMetadataQuery();
            double rows = mq.getRowCount(side);
            double saved = costs.transfer(rows - groups(mq, rows), width);
            return rows >= LEAST_ROWS && saved > rows * costs.grouped();
        }

        /** Columns keep theirs; what is computed gets one that EXPLAIN shows. */
        private List<String> names(List<RexNode> values) {
            List<String> names = new ArrayList<>();
            for (RexNode value : values) {
                names.add(
                        value instanceof RexInputRef ref
                                ? join.getRowType().getFieldNames().get(ref.getIndex())
                                : "$f" + names.size());
            }
            return SqlValidatorUtil.uniquify(names, true);
        }

        /** A computed key has no more values than the columns it is computed of. */
        private double groups(RelMetadataQuery mq, double rows) {
            double groups = 1;
            ImmutableBitSet used = RelOptUtil.InputFinder.bits(new ArrayList<>(keys.keySet()), null)
                    .shift(-offset);
            if (Boolean.TRUE.equals(mq.areColumnsUnique(side, used))) {
                return rows;
            }
            Double together = mq.getDistinctRowCount(side, used, null);
            for (int column : used) {
                Double distinct = mq.getDistinctRowCount(side, ImmutableBitSet.of(column), null);
                groups *= distinct == null ? rows : Math.max(1, distinct);
            }
            return Math.min(groups, together == null ? rows : together);
        }

        private RelNode joined(RelNode groups) {
            RelNode other = join.getInput(left ? 1 : 0);
            int width = groups.getRowType().getFieldCount();
            int otherWidth = other.getRowType().getFieldCount();
            int first = left ? 0 : otherWidth;
            RexShuttle moved = new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    Integer key = keys.get(ref);
                    int index = key != null
                            ? first + key
                            : left ? ref.getIndex() - own.cardinality() + width : ref.getIndex();
                    return new RexInputRef(index, ref.getType());
                }
            };
            RelNode rejoined = LogicalJoin.create(
                    left ? groups : other,
                    left ? other : groups,
                    List.of(),
                    join.getCondition().accept(moved),
                    Set.of(),
                    JoinRelType.INNER);
            List<RexNode> values = new ArrayList<>();
            for (int group : aggregate.getGroupSet()) {
                RexNode value = columns.get(group);
                Integer key = keys.get(value);
                values.add(key == null ? value.accept(moved) : rex.makeInputRef(rejoined, first + key));
            }
            int groupCount = values.size();
            for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
                values.add(rex.makeInputRef(rejoined, first + keys.size() + i));
            }
            RelNode input = LogicalProject.create(
                    rejoined, List.of(), values, aggregate.getRowType().getFieldNames(), Set.of());
            List<AggregateCall> calls = new ArrayList<>();
            for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
                calls.add(AggregateParts.ofParts(aggregate.getAggCallList().get(i), groupCount + i, groupCount, input));
            }
            RelNode whole = LogicalAggregate.create(input, List.of(), ImmutableBitSet.range(groupCount), null, calls);
            return RelOptUtil.createCastRel(whole, aggregate.getRowType(), true);
        }
    }
}
