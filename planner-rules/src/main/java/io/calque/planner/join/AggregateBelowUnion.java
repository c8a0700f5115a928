package io.calque.planner.join;

import io.calque.planner.pushdown.PushdownGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has each branch of a union over several sources grouped by itself, and groups the groups.
 *
 * <pre>
 * Aggregate(k, COUNT(*))            Aggregate(k, SUM(n))
 *   UnionAll                          UnionAll
 *     t: pg                  to         Aggregate(k, COUNT(*) AS n)
 *     u: mongo                            t: pg
 *                                       Aggregate(k, COUNT(*) AS n)
 *                                         u: mongo
 * </pre>
 *
 * <p>Only where some branch's source makes the groups and they are far fewer than its rows. Must not fire on DISTINCT or filtered aggregates, nor
 * on sums of floating numbers, whose order would show. Stateless but for its gate.
 */
public final class AggregateBelowUnion {
    /** With more groups than this share of the rows they are not worth making. */
    private static final double MOST_GROUPS = 0.5;

    private final PushdownGate gate;

    public AggregateBelowUnion(PushdownGate gate) {
        this.gate = gate;
    }

    public RelNode apply(RelNode node) {
        List<RelNode> inputs = node.getInputs().stream().map(this::apply).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (!(copy instanceof LogicalAggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || !aggregate.getAggCallList().stream().allMatch(AggregateParts::splits)) {
            return copy;
        }
        RelNode below = aggregate.getInput() instanceof Project project ? project.getInput() : aggregate.getInput();
        if (!(below instanceof LogicalUnion union)
                || !union.all
                || OneSource.of(union).isPresent()) {
            return copy;
        }
        List<RexNode> values = aggregate.getInput() instanceof Project project
                ? project.getProjects()
                : new ArrayList<>(union.getCluster().getRexBuilder().identityProjects(union.getRowType()));
        return values.stream().allMatch(RexUtil::isDeterministic)
                ? split(aggregate, union, values).orElse(copy)
                : copy;
    }

    private Optional<RelNode> split(Aggregate aggregate, LogicalUnion union, List<RexNode> values) {
        List<RelNode> groups = new ArrayList<>();
        boolean pays = false;
        for (RelNode branch : union.getInputs()) {
            if (!isOfType(branch, union)) {
                return Optional.empty();
            }
            RelNode rows = LogicalProject.create(
                    branch,
                    List.of(),
                    values.stream().map(value -> over(branch, value)).toList(),
                    aggregate.getInput().getRowType().getFieldNames(),
                    Set.of());
            RelNode partial = partial(aggregate, rows);
            groups.add(partial);
            pays |= pays(branch, rows, partial, aggregate.getGroupSet());
        }
        return pays ? Optional.of(whole(aggregate, LogicalUnion.create(groups, true))) : Optional.empty();
    }

    private static boolean isOfType(RelNode branch, RelNode union) {
        for (int i = 0; i < union.getRowType().getFieldCount(); i++) {
            if (!SqlTypeUtil.equalSansNullability(
                    union.getCluster().getTypeFactory(),
                    branch.getRowType().getFieldList().get(i).getType(),
                    union.getRowType().getFieldList().get(i).getType())) {
                return false;
            }
        }
        return true;
    }

    private static RexNode over(RelNode branch, RexNode value) {
        return value.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return RexInputRef.of(ref.getIndex(), branch.getRowType());
            }
        });
    }

    private boolean pays(RelNode branch, RelNode rows, RelNode partial, ImmutableBitSet keys) {
        RelMetadataQuery mq = branch.getCluster().getMetadataQuery();
        double count = mq.getRowCount(branch);
        Double groups = keys.isEmpty() ? Double.valueOf(1) : mq.getDistinctRowCount(rows, keys, null);
        boolean fewer = count >= AggregateBelowJoin.LEAST_ROWS && groups != null && groups <= count * MOST_GROUPS;
        return (fewer || gate.bindsAlways())
                && OneSource.of(branch)
                        .filter(source -> gate.operator(source, partial).allowed())
                        .isPresent();
    }

    private static RelNode partial(Aggregate aggregate, RelNode rows) {
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(AggregateParts.ofPart(
                    call, call.getArgList(), aggregate.getGroupSet().cardinality(), rows));
        }
        return LogicalAggregate.create(rows, List.of(), aggregate.getGroupSet(), null, calls);
    }

    private static RelNode whole(Aggregate aggregate, RelNode groups) {
        int keys = aggregate.getGroupSet().cardinality();
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            calls.add(AggregateParts.ofParts(aggregate.getAggCallList().get(i), keys + i, keys, groups));
        }
        RelNode whole = LogicalAggregate.create(groups, List.of(), ImmutableBitSet.range(keys), null, calls);
        return RelOptUtil.createCastRel(whole, aggregate.getRowType(), true);
    }
}
