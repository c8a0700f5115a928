package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Chooses our function for standard operators on text. Immutable, thread-safe. */
final class TextLowering {
    /** By operator and count of operands: {@code SUBSTRING/3}. */
    private static final Map<String, EngineFunction> FUNCTIONS = new HashMap<>();

    private static final EngineFunction LIKE = strict(TextFunctions.class, "like");
    private static final EngineFunction ILIKE = strict(TextFunctions.class, "likeIgnoringCase");
    private static final EngineFunction TRIM = strict(TextFunctions.class, "trimText");

    static {
        put(SqlStdOperatorTable.LESS_THAN, 2, "textLess");
        put(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, 2, "textLessOrEqual");
        put(SqlStdOperatorTable.GREATER_THAN, 2, "textGreater");
        put(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, 2, "textGreaterOrEqual");
        put(SqlStdOperatorTable.UPPER, 1, "upperText");
        put(SqlStdOperatorTable.LOWER, 1, "lowerText");
        put(SqlStdOperatorTable.CHAR_LENGTH, 1, "textLength");
        put(SqlStdOperatorTable.CHARACTER_LENGTH, 1, "textLength");
        put(SqlStdOperatorTable.SUBSTRING, 2, "substringFrom");
        put(SqlStdOperatorTable.SUBSTRING, 3, "substringFromFor");
        put(SqlStdOperatorTable.POSITION, 2, "textPosition");
        put(SqlStdOperatorTable.OVERLAY, 3, "overlayFrom");
        put(SqlStdOperatorTable.OVERLAY, 4, "overlayFromFor");
        put(SqlStdOperatorTable.REPLACE, 3, "replaceText");
        FUNCTIONS.put(
                key(SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE, 2), strict(RegexFunctions.class, "matchesRegex"));
        FUNCTIONS.put(
                key(SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE, 2),
                strict(RegexFunctions.class, "matchesRegexIgnoringCase"));
    }

    private TextLowering() {}

    private static void put(SqlOperator operator, int operands, String method) {
        FUNCTIONS.put(key(operator, operands), strict(TextFunctions.class, method));
    }

    private static String key(SqlOperator operator, int operands) {
        return operator.getName() + "/" + operands;
    }

    /** {@code call} with our function; null where it is not on text. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlOperator operator = call.getOperator();
        if (operator == SqlStdOperatorTable.TRIM) {
            return TRIM.call(
                    rexBuilder,
                    call.getType(),
                    CastLowering.number(rexBuilder, sides(operands.get(0))),
                    operands.get(1),
                    operands.get(2));
        }
        if (operands.isEmpty() || !SqlTypeUtil.inCharFamily(operands.get(0).getType())) {
            return null;
        }
        if (operator == SqlStdOperatorTable.LIKE || operator == SqlLibraryOperators.ILIKE) {
            EngineFunction like = operator == SqlStdOperatorTable.LIKE ? LIKE : ILIKE;
            RexNode escape = operands.size() == 3 ? operands.get(2) : rexBuilder.makeLiteral("");
            return like.call(rexBuilder, call.getType(), operands.get(0), operands.get(1), escape);
        }
        EngineFunction function = FUNCTIONS.get(key(operator, operands.size()));
        return function == null ? null : function.call(rexBuilder, call.getType(), operands.toArray(RexNode[]::new));
    }

    private static int sides(RexNode flag) {
        SqlTrimFunction.Flag value = ((RexLiteral) flag).getValueAs(SqlTrimFunction.Flag.class);
        if (value == null) {
            throw new IllegalStateException("TRIM without a side");
        }
        return (value.getLeft() != 0 ? 1 : 0) + (value.getRight() != 0 ? 2 : 0);
    }
}
