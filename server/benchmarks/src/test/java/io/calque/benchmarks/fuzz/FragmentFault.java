package io.calque.benchmarks.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** A fragment misunderstood. Stateless. */
interface FragmentFault extends Fault {
    /** Changes one call; null leaves it. */
    interface OfCall {
        @Nullable RexNode changed(RexBuilder rexBuilder, RexCall call);
    }

    @Override
    RelNode changed(RelNode fragment);

    /** Every operator that {@code change} knows is taken for another one. */
    static FragmentFault operator(Function<RelNode, @Nullable RelNode> change) {
        return fragment -> fragment.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                RelNode changed = change.apply(node);
                return changed == null ? node : changed;
            }
        });
    }

    /** Every call that {@code change} knows is taken for another one. */
    static FragmentFault call(OfCall change) {
        return fragment -> fragment.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                RexBuilder rexBuilder = node.getCluster().getRexBuilder();
                return node.accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        boolean search = call.getKind() == SqlKind.SEARCH;
                        RexNode plain = search ? RexUtil.expandSearch(rexBuilder, null, call) : call;
                        RexNode visited = plain instanceof RexCall inner ? super.visitCall(inner) : plain;
                        RexNode changed = visited instanceof RexCall inner ? change.changed(rexBuilder, inner) : null;
                        return changed == null ? visited : changed;
                    }
                });
            }
        });
    }

    /** Calls of one kind become what {@code change} makes of them. */
    static FragmentFault call(SqlKind kind, OfCall change) {
        return call((rexBuilder, call) -> call.getKind() == kind ? change.changed(rexBuilder, call) : null);
    }

    /** Literals compared or computed with are read as others. */
    static FragmentFault literal(OfLiteral change) {
        return call((rexBuilder, call) -> {
            List<RexNode> operands = new ArrayList<>();
            for (RexNode operand : call.getOperands()) {
                RexNode other = operand instanceof RexLiteral literal && !literal.isNull()
                        ? change.changed(rexBuilder, literal)
                        : null;
                operands.add(other == null ? operand : other);
            }
            return operands.equals(call.getOperands()) ? null : call.clone(call.getType(), operands);
        });
    }

    /** Changes one literal; null leaves it. */
    interface OfLiteral {
        @Nullable RexNode changed(RexBuilder rexBuilder, RexLiteral literal);
    }
}
