package io.calque.planner.physical;

import io.calque.planner.lowering.CodePointSort;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** ORDER BY with OFFSET and LIMIT whose rows go to disk where memory does not hold them. Immutable. */
final class SpillingSort extends Sort implements SpillingOperator {
    private final SortPlan plan;
    private final int operator;

    private SpillingSort(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelCollation collation,
            @Nullable RexNode offset,
            @Nullable RexNode fetch,
            SortPlan plan,
            int operator) {
        super(cluster, traits, input, collation, offset, fetch);
        this.plan = plan;
        this.operator = operator;
    }

    /** In the place of {@code sort}; nothing where its rows cannot be written to disk. */
    static Optional<RelNode> of(CodePointSort sort, RelNode input) {
        return ValueKind.of(sort.getRowType()).map(columns -> {
            List<SortPlan.Key> keys = sort.getCollation().getFieldCollations().stream()
                    .map(key -> new SortPlan.Key(
                            key.getFieldIndex(), key.direction.isDescending(), CodePointSort.nullsFirst(key)))
                    .toList();
            return new SpillingSort(
                    sort.getCluster(),
                    sort.getTraitSet(),
                    input,
                    sort.getCollation(),
                    sort.offset,
                    sort.fetch,
                    new SortPlan(columns, keys),
                    0);
        });
    }

    @Override
    public SpillingOperator numbered(int number) {
        return new SpillingSort(getCluster(), traitSet, input, getCollation(), offset, fetch, plan, number);
    }

    @Override
    public Sort copy(
            RelTraitSet traits,
            RelNode newInput,
            RelCollation newCollation,
            @Nullable RexNode newOffset,
            @Nullable RexNode newFetch) {
        return new SpillingSort(getCluster(), traits, newInput, newCollation, newOffset, newFetch, plan, operator);
    }

    /** What EXPLAIN calls every sort that runs here. */
    @Override
    public String getRelTypeName() {
        return CodePointSort.class.getSimpleName();
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
        BlockBuilder builder = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        PhysType type = PhysTypeImpl.of(
                implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY.optimize(getRowType()), false);
        Expression rows = builder.append("rows", child.block);
        Expression arrays = builder.append("arrays", child.physType.convertTo(rows, type.getFormat()));
        builder.add(RuntimeCalls.call(
                "sorted",
                Expressions.constant(operator),
                implementor.stash(plan, SortPlan.class),
                Expressions.convert_(arrays, Enumerable.class),
                offset == null ? Expressions.constant(0L, long.class) : CodePointSort.bound(offset),
                fetch == null ? Expressions.constant(-1L, long.class) : CodePointSort.bound(fetch)));
        return implementor.result(type, builder.toBlock());
    }
}
