package io.calque.planner.join;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Expressions that have a value for every row: they neither divide, nor overflow, nor cast. Stateless. */
final class SafeExpression {
    /** Products of stored decimals with more digits than this might pass 38. */
    private static final int MOST_DIGITS = 19;

    private SafeExpression() {}

    static boolean is(RexNode expression) {
        if (expression instanceof RexInputRef || expression instanceof RexLiteral) {
            return true;
        }
        if (!(expression instanceof RexCall call)) {
            return false;
        }
        boolean kind = switch (call.getKind()) {
            case PLUS, MINUS, TIMES -> isDecimal(call);
            case EXTRACT -> call.getOperands().get(1).getType().getSqlTypeName() == SqlTypeName.DATE;
            case CASE,
                    AND,
                    OR,
                    NOT,
                    EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_NULL,
                    IS_NOT_NULL -> true;
            default -> false;
        };
        return kind && call.getOperands().stream().allMatch(SafeExpression::is);
    }

    private static boolean isDecimal(RexCall call) {
        return call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                && call.getOperands().stream()
                        .allMatch(o -> o instanceof RexCall
                                || o instanceof RexLiteral
                                || o.getType().getSqlTypeName() != SqlTypeName.DECIMAL
                                || o.getType().getPrecision() <= MOST_DIGITS);
    }
}
