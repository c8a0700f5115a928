package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Compares REAL and DOUBLE so that NaN is above all numbers and equals itself, as it does in ORDER BY. Java's operators say no to
 * whatever NaN is compared with.
 *
 * <p>A comparison with a constant that is right in Java as well ({@code x < 1e0}) is left to the stock operator.
 */
final class DoubleComparison {
    private static final Map<SqlKind, EngineFunction> FUNCTIONS = new EnumMap<>(Map.of(
            SqlKind.EQUALS, strict(DoubleFunctions.class, "equalDouble"),
            SqlKind.NOT_EQUALS, strict(DoubleFunctions.class, "unequalDouble"),
            SqlKind.LESS_THAN, strict(DoubleFunctions.class, "lessDouble"),
            SqlKind.LESS_THAN_OR_EQUAL, strict(DoubleFunctions.class, "lessOrEqualDouble"),
            SqlKind.GREATER_THAN, strict(DoubleFunctions.class, "greaterDouble"),
            SqlKind.GREATER_THAN_OR_EQUAL, strict(DoubleFunctions.class, "greaterOrEqualDouble")));

    private static final EngineFunction TO_KEY = strict(DoubleFunctions.class, "toDoubleKey");
    private static final EngineFunction FROM_KEY = strict(DoubleFunctions.class, "fromDoubleKey");
    private static final EngineFunction FROM_REAL_KEY = strict(DoubleFunctions.class, "fromRealKey");

    private DoubleComparison() {}

    /** A BIGINT that is ordered as {@code number} is. */
    static RexNode toKey(RexBuilder rexBuilder, RexNode number) {
        return TO_KEY.call(rexBuilder, keyType(rexBuilder, number.getType()), number);
    }

    static RelDataType keyType(RexBuilder rexBuilder, RelDataType number) {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), number.isNullable());
    }

    /** The number, of {@code type}, that {@link #toKey} made {@code key} of. */
    static RexNode fromKey(RexBuilder rexBuilder, RelDataType type, RexNode key) {
        EngineFunction function = type.getSqlTypeName() == SqlTypeName.REAL ? FROM_REAL_KEY : FROM_KEY;
        return function.call(rexBuilder, type, key);
    }

    /** {@code call} with our comparison; null where it is none of floating numbers, or the stock one is right. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall call) {
        EngineFunction function = FUNCTIONS.get(call.getKind());
        List<RexNode> operands = call.getOperands();
        if (function == null || operands.size() != 2 || !operands.stream().allMatch(o -> isFloating(o.getType()))) {
            return null;
        }
        boolean constantLeft = isNumber(operands.get(0));
        boolean constantRight = isNumber(operands.get(1));
        boolean stock = switch (call.getKind()) {
            case LESS_THAN, LESS_THAN_OR_EQUAL -> constantRight;
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> constantLeft;
            default -> constantLeft || constantRight;
        };
        return stock ? null : function.call(rexBuilder, call.getType(), operands.get(0), operands.get(1));
    }

    /** Whether a constant is known not to be NaN. */
    private static boolean isNumber(RexNode operand) {
        if (!(operand instanceof RexLiteral literal)) {
            return false;
        }
        Double value = literal.getValueAs(Double.class);
        return value == null || !value.isNaN();
    }

    static boolean isFloating(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case REAL, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /** The equalities of a join by which it looks rows up: there a NaN finds itself, and they must stay equalities. */
    static Set<RexNode> keys(Join join) {
        int width = join.getLeft().getRowType().getFieldCount();
        Set<RexNode> keys = new HashSet<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            boolean key = conjunct.getKind() == SqlKind.EQUALS
                    && ((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef one
                    && ((RexCall) conjunct).getOperands().get(1) instanceof RexInputRef other
                    && one.getIndex() < width != other.getIndex() < width;
            if (key) {
                keys.add(conjunct);
            }
        }
        return keys;
    }
}
