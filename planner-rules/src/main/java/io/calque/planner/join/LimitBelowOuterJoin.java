package io.calque.planner.join;

import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.SourceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Has a source give only the first rows of the side that an outer join keeps whole, where its columns decide which rows of the join come first.
 *
 * <pre>
 * Sort(a.x, limit 10)                     Sort(a.x, limit 10)
 *   LeftJoin(a.k = b.k)        to           LeftJoin(a.k = b.k)
 *     a: pg                                   Sort(a.x, limit 10): pg
 *     b: mongo                                  a
 *                                             b: mongo
 * </pre>
 *
 * <p>Each of those rows is in the answer at least once, so that no more than ten of them are needed. Must not fire on inner joins, which leave
 * rows out, nor where a key is computed of the other side. Stateless but for its gate.
 */
public final class LimitBelowOuterJoin {
    /** The side has to have so many times the rows that are wanted. */
    private static final double LEAST_SAVED = 2;

    private final PushdownGate gate;

    public LimitBelowOuterJoin(PushdownGate gate) {
        this.gate = gate;
    }

    public RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            boolean first = node instanceof Sort sort
                    && rows(sort).isPresent()
                    && OneSource.of(input).isEmpty();
            inputs.add(apply(first ? limited((Sort) node) : input));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    /** How many rows a sort's reader wants, those that it skips among them; empty where that is not known. */
    private static Optional<BigDecimal> rows(Sort sort) {
        if (!(sort.fetch instanceof RexLiteral fetch) || !(sort.offset == null || sort.offset instanceof RexLiteral)) {
            return Optional.empty();
        }
        Optional<BigDecimal> wanted = Optional.ofNullable(fetch.getValueAs(BigDecimal.class));
        if (!(sort.offset instanceof RexLiteral offset)) {
            return wanted;
        }
        Optional<BigDecimal> skipped = Optional.ofNullable(offset.getValueAs(BigDecimal.class));
        return wanted.flatMap(count -> skipped.map(count::add));
    }

    private RelNode limited(Sort sort) {
        return limited(sort.getInput(), sort.getCollation(), rows(sort).orElseThrow())
                .orElse(sort.getInput());
    }

    private Optional<RelNode> limited(RelNode node, RelCollation order, BigDecimal rows) {
        if (node instanceof Project project) {
            return below(
                            order,
                            column ->
                                    project.getProjects().get(column) instanceof RexInputRef ref ? ref.getIndex() : -1)
                    .flatMap(mapped -> limited(project.getInput(), mapped, rows))
                    .map(input -> project.copy(project.getTraitSet(), List.of(input)));
        }
        if (!(node instanceof Join join) || !join.getVariablesSet().isEmpty()) {
            return Optional.empty();
        }
        boolean left = join.getJoinType() == JoinRelType.LEFT;
        if (!left && join.getJoinType() != JoinRelType.RIGHT) {
            return Optional.empty();
        }
        int from = left ? 0 : join.getLeft().getRowType().getFieldCount();
        RelNode side = left ? join.getLeft() : join.getRight();
        int width = side.getRowType().getFieldCount();
        return below(order, column -> column >= from && column < from + width ? column - from : -1)
                .flatMap(mapped -> firstRows(side, mapped, rows))
                .map(fewer -> join.copy(
                        join.getTraitSet(), left ? List.of(fewer, join.getRight()) : List.of(join.getLeft(), fewer)));
    }

    private Optional<RelNode> firstRows(RelNode side, RelCollation order, BigDecimal rows) {
        Optional<SourceId> source = OneSource.of(side);
        if (source.isEmpty()) {
            return limited(side, order, rows);
        }
        RelMetadataQuery mq = side.getCluster().getMetadataQuery();
        RexNode fetch = side.getCluster().getRexBuilder().makeExactLiteral(rows);
        RelNode first = LogicalSort.create(side, order, null, fetch);
        boolean pays = gate.bindsAlways() || mq.getRowCount(side) >= LEAST_SAVED * rows.doubleValue();
        return pays && !isLimited(side) && gate.operator(source.get(), first).allowed()
                ? Optional.of(first)
                : Optional.empty();
    }

    private static boolean isLimited(RelNode node) {
        return node instanceof Sort sort && sort.fetch != null;
    }

    /** Where a column comes from; -1 where it is computed or another side's. */
    private interface Columns {
        int below(int column);
    }

    private static Optional<RelCollation> below(RelCollation order, Columns columns) {
        List<RelFieldCollation> keys = new ArrayList<>();
        for (RelFieldCollation key : order.getFieldCollations()) {
            int column = columns.below(key.getFieldIndex());
            if (column < 0) {
                return Optional.empty();
            }
            keys.add(key.withFieldIndex(column));
        }
        return Optional.of(RelCollations.of(keys));
    }
}
