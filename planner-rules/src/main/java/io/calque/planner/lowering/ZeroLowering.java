package io.calque.planner.lowering;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Makes one value of 0.0 and -0.0 where rows are told apart by {@code equals}: keys of groups and of joins. Stateless.
 *
 * <p>Before: {@code Aggregate(group by $0)}; after: {@code Aggregate(group by $0) > Project(POSITIVE_ZERO($0), ...)}.
 */
public final class ZeroLowering {
    private static final EngineFunction DOUBLE = EngineFunction.strict(DoubleFunctions.class, "positiveZero");
    private static final EngineFunction REAL = EngineFunction.strict(DoubleFunctions.class, "positiveRealZero");

    private ZeroLowering() {}

    /** {@code key} itself where it is no REAL or DOUBLE. */
    public static RexNode key(RexBuilder rexBuilder, RexNode key) {
        return switch (key.getType().getSqlTypeName()) {
            case REAL -> REAL.call(rexBuilder, key.getType(), key);
            case FLOAT, DOUBLE -> DOUBLE.call(rexBuilder, key.getType(), key);
            default -> key;
        };
    }
}
