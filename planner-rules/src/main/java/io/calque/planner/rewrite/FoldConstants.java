package io.calque.planner.rewrite;

import io.calque.planner.lowering.LoweringRexExecutor;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** Computes the constants in a condition, {@code 1 + 10} or {@code DATE '1993-07-01' + INTERVAL '3' MONTH}; leaves what would fail. */
final class FoldConstants {
    private FoldConstants() {}

    static RexNode in(RexNode condition, RexBuilder rex) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (!RexUtil.isConstant(call)) {
                    return super.visitCall(call);
                }
                List<RexNode> folded = new ArrayList<>();
                LoweringRexExecutor.INSTANCE.reduce(rex, List.of(call), folded);
                return folded.get(0);
            }
        });
    }
}
