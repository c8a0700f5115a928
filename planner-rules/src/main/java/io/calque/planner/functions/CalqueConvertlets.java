package io.calque.planner.functions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become row expressions, where the standard way would compute something else, and where another spelling stands for a standard
 * operator: sources then only meet the standard one. Immutable, thread-safe.
 */
public final class CalqueConvertlets implements SqlRexConvertletTable {
    public static final SqlRexConvertletTable TABLE = new CalqueConvertlets();

    /** Windowed forms that the standard table spells out as sums of squares, which lose all digits of large, close numbers. */
    private static final Set<SqlKind> KEPT_WHOLE =
            Set.of(SqlKind.STDDEV_POP, SqlKind.STDDEV_SAMP, SqlKind.VAR_POP, SqlKind.VAR_SAMP);

    private final Map<SqlOperator, SqlRexConvertlet> convertlets = new HashMap<>();

    private CalqueConvertlets() {
        convertlets.put(TextOperators.LENGTH, (cx, call) -> Rewrite.as(SqlStdOperatorTable.CHAR_LENGTH, cx, call));
        convertlets.put(TextOperators.SUBSTR, (cx, call) -> Rewrite.as(SqlStdOperatorTable.SUBSTRING, cx, call));
        convertlets.put(TextOperators.STRPOS, TextConvertlets::strpos);
        convertlets.put(
                TextOperators.LTRIM, (cx, call) -> TextConvertlets.trim(SqlTrimFunction.Flag.LEADING, cx, call));
        convertlets.put(
                TextOperators.RTRIM, (cx, call) -> TextConvertlets.trim(SqlTrimFunction.Flag.TRAILING, cx, call));
        convertlets.put(TextOperators.BTRIM, (cx, call) -> TextConvertlets.trim(SqlTrimFunction.Flag.BOTH, cx, call));
        convertlets.put(TextOperators.CONCAT, TextConvertlets::concat);
        convertlets.put(TextOperators.CONCAT_WS, TextConvertlets::concatWithSeparator);
        for (SqlOperator like : List.of(
                SqlStdOperatorTable.LIKE,
                SqlStdOperatorTable.NOT_LIKE,
                SqlLibraryOperators.ILIKE,
                SqlLibraryOperators.NOT_ILIKE)) {
            convertlets.put(like, TextConvertlets::like);
        }
        convertlets.put(SqlStdOperatorTable.CAST, TextConvertlets::cast);
        convertlets.put(SqlLibraryOperators.INFIX_CAST, TextConvertlets::cast);
        convertlets.put(SqlStdOperatorTable.CASE, FirstKnown::convert);
        convertlets.put(MathOperators.POW, (cx, call) -> Rewrite.as(MathOperators.POWER, cx, call));
        convertlets.put(MathOperators.GREATEST, Rewrite::withOperandsOfItsType);
        convertlets.put(MathOperators.LEAST, Rewrite::withOperandsOfItsType);
        convertlets.put(TimeOperators.DATE_TRUNC, TimeConvertlets::truncate);
        convertlets.put(TimeOperators.DATE_PART, TimeConvertlets::part);
        convertlets.put(TimeOperators.TO_CHAR, TimeConvertlets::format);
        convertlets.put(DateArithmetic.PLUS, DateArithmetic::convertPlus);
        convertlets.put(DateArithmetic.MINUS, DateArithmetic::convertMinus);
    }

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        SqlRexConvertlet own = convertlets.get(call.getOperator());
        if (own != null) {
            return own;
        }
        if (KEPT_WHOLE.contains(call.getOperator().getKind())) {
            return StandardConvertletTable.INSTANCE::convertCall;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }
}
