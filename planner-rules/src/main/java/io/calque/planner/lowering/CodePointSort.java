package io.calque.planner.lowering;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** ORDER BY with OFFSET and LIMIT in one operator, in the order of {@link RowOrder}. Immutable. */
public final class CodePointSort extends Sort implements EnumerableRel {
    CodePointSort(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelCollation collation,
            @Nullable RexNode offset,
            @Nullable RexNode fetch) {
        super(cluster, traits, input, collation, offset, fetch);
    }

    static CodePointSort create(
            RelNode input, RelCollation collation, @Nullable RexNode offset, @Nullable RexNode fetch) {
        RelTraitSet traits =
                input.getCluster().traitSetOf(EnumerableConvention.INSTANCE).replace(collation);
        return new CodePointSort(input.getCluster(), traits, input, collation, offset, fetch);
    }

    @Override
    public CodePointSort copy(
            RelTraitSet traits,
            RelNode input,
            RelCollation newCollation,
            @Nullable RexNode newOffset,
            @Nullable RexNode newFetch) {
        return new CodePointSort(getCluster(), traits, input, newCollation, newOffset, newFetch);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
        BlockBuilder builder = new BlockBuilder();
        Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        PhysType type = PhysTypeImpl.of(
                implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY.optimize(getRowType()), false);
        Expression rows = builder.append("rows", child.block);
        Expression arrays = builder.append("arrays", child.physType.convertTo(rows, type.getFormat()));
        Expression sorted = Expressions.call(
                SortedRows.class,
                "sort",
                arrays,
                builder.append("order", order()),
                DataContext.ROOT,
                offset == null ? Expressions.constant(0L) : bound(offset),
                fetch == null ? Expressions.constant(-1L) : bound(fetch));
        builder.add(Expressions.return_(null, sorted));
        return implementor.result(type, builder.toBlock());
    }

    private Expression order() {
        List<RelFieldCollation> keys = getCollation().getFieldCollations();
        return Expressions.new_(
                RowOrder.class,
                Expressions.newArrayInit(
                        int.class,
                        keys.stream()
                                .map(k -> (Expression) Expressions.constant(k.getFieldIndex()))
                                .toList()),
                flags(keys.stream().map(k -> k.direction.isDescending()).toList()),
                flags(keys.stream().map(RowOrder::nullsFirst).toList()),
                Expressions.constant(getRowType().getFieldCount() == 1));
    }

    private static Expression flags(List<Boolean> values) {
        return Expressions.newArrayInit(
                boolean.class,
                values.stream().map(v -> (Expression) Expressions.constant(v)).toList());
    }

    /** A LIMIT or OFFSET in generated code, as a long. */
    public static Expression bound(RexNode bound) {
        if (bound instanceof RexDynamicParam parameter) {
            return Expressions.call(
                    CodePointSort.class,
                    "parameter",
                    DataContext.ROOT,
                    Expressions.constant("?" + parameter.getIndex()));
        }
        Long value = ((RexLiteral) bound).getValueAs(Long.class);
        return Expressions.constant(value == null ? -1L : value, long.class);
    }

    /** Whether NULLs come first by this key. */
    public static boolean nullsFirst(RelFieldCollation key) {
        return RowOrder.nullsFirst(key);
    }

    /** Called from generated code: a LIMIT or OFFSET given as a parameter; NULL means none. */
    public static long parameter(DataContext context, String name) {
        return context.get(name) instanceof Number number ? number.longValue() : -1;
    }
}
