package io.calque.planner.join;

import java.util.function.IntUnaryOperator;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Conditions over rows whose columns stand elsewhere. Stateless. */
final class Columns {
    private Columns() {}

    static RexNode moved(RexNode expression, IntUnaryOperator position) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(position.applyAsInt(ref.getIndex()), ref.getType());
            }
        });
    }
}
