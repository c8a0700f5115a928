package io.calque.planner.lowering;

import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Replaces what the stock enumerable operators would compute wrongly with our own functions, everywhere outside the leaves.
 *
 * <p>Before: {@code Filter(<($1, 'b'))}; after: {@code Filter(TEXT_LESS($1, 'b'))}. Must run after pushdown: sources and simplification rules only know
 * the standard operators. Types and names of all columns stay.
 */
public final class Lowering {
    private Lowering() {}

    /**
     * The plan {@code local} with our functions; its leaves (scans and source queries) are left alone, and windows with something to replace stand in
     * projections again.
     */
    public static RelNode apply(RelNode local) {
        return local.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                if (node instanceof LogicalWindow window) {
                    return WindowLowering.lower(window);
                }
                Set<RexNode> keys = node instanceof Join join ? DoubleComparison.keys(join) : Set.of();
                RelNode lowered = node.accept(new RexLowering(node.getCluster().getRexBuilder(), keys));
                if (lowered instanceof Join join) {
                    return WideJoinRows.lower(join);
                }
                return lowered instanceof Aggregate aggregate ? AggregateLowering.lower(aggregate) : lowered;
            }
        });
    }

    /** What a lowered expression was before casts between exact numbers that keep every value; itself where it is no such cast. */
    public static RexNode beforeWidening(RexNode lowered) {
        return CastLowering.beforeWidening(lowered);
    }

    /** One expression with our functions. */
    public static RexNode apply(RexNode expression, RexBuilder rexBuilder) {
        return expression.accept(new RexLowering(rexBuilder));
    }
}
