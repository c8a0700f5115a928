package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Chooses our function for rounding. Immutable, thread-safe. */
final class MathLowering {
    private static final EngineFunction ROUND_DECIMAL = strict(MathFunctions.class, "roundDecimal");
    private static final EngineFunction TRUNC_DECIMAL = strict(MathFunctions.class, "truncDecimal");
    private static final EngineFunction ROUND_DOUBLE = strict(MathFunctions.class, "roundDouble");
    private static final EngineFunction TRUNC_DOUBLE = strict(MathFunctions.class, "truncDouble");
    private static final EngineFunction ROUND_DOUBLE_TO = strict(MathFunctions.class, "roundDoubleTo");
    private static final EngineFunction TRUNC_DOUBLE_TO = strict(MathFunctions.class, "truncDoubleTo");
    private static final EngineFunction FLOOR_DECIMAL = strict(MathFunctions.class, "floorDecimal");
    private static final EngineFunction CEIL_DECIMAL = strict(MathFunctions.class, "ceilDecimal");

    private MathLowering() {}

    /** {@code call} with our function; null where it rounds no number. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall call) {
        return switch (call.getOperator().getName()) {
            case "ROUND" -> round(rexBuilder, call, ROUND_DECIMAL, ROUND_DOUBLE, ROUND_DOUBLE_TO);
            case "TRUNC", "TRUNCATE" -> round(rexBuilder, call, TRUNC_DECIMAL, TRUNC_DOUBLE, TRUNC_DOUBLE_TO);
            case "FLOOR" -> whole(rexBuilder, call, FLOOR_DECIMAL);
            case "CEIL" -> whole(rexBuilder, call, CEIL_DECIMAL);
            default -> null;
        };
    }

    private static @Nullable RexNode whole(RexBuilder rexBuilder, RexCall call, EngineFunction decimal) {
        boolean applies = call.getOperands().size() == 1
                && call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                && SqlTypeUtil.isDecimal(call.getOperands().get(0).getType());
        return applies
                ? decimal.call(rexBuilder, call.getType(), call.getOperands().get(0))
                : null;
    }

    private static @Nullable RexNode round(
            RexBuilder rexBuilder,
            RexCall call,
            EngineFunction decimal,
            EngineFunction doubled,
            EngineFunction doubledTo) {
        List<RexNode> operands = call.getOperands();
        RelDataType type = call.getType();
        if (!SqlTypeUtil.isNumeric(operands.get(0).getType())) {
            return null;
        }
        RexNode digits =
                operands.size() == 2 ? toInteger(rexBuilder, operands.get(1)) : CastLowering.number(rexBuilder, 0);
        if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
            return decimal.call(
                    rexBuilder,
                    type,
                    SqlTypeUtil.isDecimal(operands.get(0).getType())
                            ? operands.get(0)
                            : RexLowering.toDecimal(rexBuilder, operands.get(0)),
                    digits,
                    CastLowering.number(rexBuilder, type.getScale()));
        }
        if (SqlTypeUtil.isExactNumeric(type)) {
            return operands.size() == 1
                    ? operands.get(0)
                    : integerTo(rexBuilder, operands.get(0), digits, type, decimal);
        }
        RelDataType wide = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), type.isNullable());
        RexNode value = lowered(rexBuilder, operands.get(0), wide);
        RexNode rounded = operands.size() == 1
                ? doubled.call(rexBuilder, wide, value)
                : doubledTo.call(rexBuilder, wide, value, digits);
        return lowered(rexBuilder, rounded, type);
    }

    /** {@code {fn TRUNCATE(integer, -2)}} stays an integer. */
    private static RexNode integerTo(
            RexBuilder rexBuilder, RexNode value, RexNode digits, RelDataType type, EngineFunction decimal) {
        RexNode exact = RexLowering.toDecimal(rexBuilder, value);
        RexNode rounded = decimal.call(rexBuilder, exact.getType(), exact, digits, CastLowering.number(rexBuilder, 0));
        return lowered(rexBuilder, rounded, type);
    }

    private static RexNode toInteger(RexBuilder rexBuilder, RexNode digits) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.INTEGER),
                        digits.getType().isNullable());
        return lowered(rexBuilder, digits, type);
    }

    private static RexNode lowered(RexBuilder rexBuilder, RexNode value, RelDataType type) {
        RexNode cast = CastLowering.lower(rexBuilder, value, type);
        return cast == null ? value : cast;
    }
}
