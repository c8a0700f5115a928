package io.calque.planner.rewrite;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Columns compared with constants or parameters, and what AND, OR and NOT make of that: conditions that cannot fail for any row. */
final class ColumnComparisons {
    private ColumnComparisons() {}

    static boolean is(RexNode condition) {
        if (!(condition instanceof RexCall call)) {
            return false;
        }
        return switch (call.getKind()) {
            case AND, OR, NOT -> call.getOperands().stream().allMatch(ColumnComparisons::is);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    LIKE,
                    SEARCH,
                    IS_NULL,
                    IS_NOT_NULL ->
                call.getOperands().stream().allMatch(ColumnComparisons::isOperand)
                        && call.getOperands().stream().anyMatch(o -> o instanceof RexInputRef);
            default -> false;
        };
    }

    private static boolean isOperand(RexNode operand) {
        return operand instanceof RexInputRef || operand instanceof RexLiteral || operand instanceof RexDynamicParam;
    }
}
