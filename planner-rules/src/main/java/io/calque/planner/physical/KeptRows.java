package io.calque.planner.physical;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the rows of an input that the operator above keeps, and has them charged to the query: stock operators take what they need
 * without asking. Immutable.
 */
final class KeptRows extends SingleRel implements EnumerableRel {
    static final int NOT_KEPT = -1;

    // Entries of a hash table with its key and its list of rows; a slot of an array; a slot, and the row that the
    // window makes of it.
    private static final int HASHED = 96;
    private static final int SORTED = 8;
    private static final int WINDOWED = 48;

    /** A sort with a smaller limit keeps only so many rows; it is not worth charging. */
    private static final long SMALL_LIMIT = 10_000;

    private final int operator;
    private final int ordinal;
    private final int overheadBytes;

    private KeptRows(
            RelOptCluster cluster, RelTraitSet traits, RelNode input, int operator, int ordinal, int overheadBytes) {
        super(cluster, traits, input);
        this.operator = operator;
        this.ordinal = ordinal;
        this.overheadBytes = overheadBytes;
    }

    static KeptRows of(RelNode input, int operator, int ordinal, int overheadBytes) {
        return new KeptRows(input.getCluster(), input.getTraitSet(), input, operator, ordinal, overheadBytes);
    }

    /**
     * What {@code node} needs beside each row of this input, in bytes; {@link #NOT_KEPT} where it lets the rows go. An aggregate keeps
     * groups, which {@link ChargedGroups} sees, but some functions keep rows, too.
     */
    static int overheadBytes(RelNode node, int input) {
        if (node instanceof SpillingOperator) {
            return NOT_KEPT;
        }
        if (node instanceof Sort sort) {
            boolean few = isSmall(sort.fetch) && (sort.offset == null || isSmall(sort.offset));
            return sort.getCollation().getKeys().isEmpty() || few ? NOT_KEPT : SORTED;
        }
        if (node instanceof Window) {
            return WINDOWED + 16 * node.getRowType().getFieldCount();
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate.getAggCallList().stream().anyMatch(KeptRows::collects) ? SORTED : NOT_KEPT;
        }
        if (node instanceof SetOp setOp) {
            return setOp.all && setOp instanceof Union ? NOT_KEPT : HASHED;
        }
        boolean inner = node instanceof EnumerableNestedLoopJoin join
                && !join.getJoinType().generatesNullsOnLeft();
        return node instanceof Join && !(node instanceof Correlate) && input == 1 && !inner ? HASHED : NOT_KEPT;
    }

    private static boolean isSmall(@Nullable RexNode bound) {
        return bound instanceof RexLiteral literal
                && Objects.requireNonNull(literal.getValueAs(Long.class)) <= SMALL_LIMIT;
    }

    private static boolean collects(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case LISTAGG,
                    STRING_AGG,
                    ARRAY_AGG,
                    ARRAY_CONCAT_AGG,
                    GROUP_CONCAT,
                    COLLECT,
                    PERCENTILE_CONT,
                    PERCENTILE_DISC,
                    MODE -> true;
            default ->
                call.isDistinct() || !call.getCollation().getFieldCollations().isEmpty();
        };
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new KeptRows(getCluster(), traits, inputs.get(0), operator, ordinal, overheadBytes);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("operator", operator).item("input", ordinal);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder block = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
        Expression rows = block.append("rows", child.block);
        block.add(RuntimeCalls.call(
                "kept",
                Expressions.constant(operator),
                Expressions.constant(ordinal),
                Expressions.constant(overheadBytes),
                Expressions.convert_(rows, Enumerable.class)));
        return implementor.result(child.physType, block.toBlock());
    }
}
