package io.calque.planner.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The operator table of the dialect: the standard's operators, the standard functions that run as docs/semantics.md says, and our own.
 * Immutable, thread-safe.
 */
public final class CalqueOperators {
    /** Standard functions and aggregates that are proven; what is missing here is ours, or not offered. */
    private static final Set<String> STANDARD_FUNCTIONS = Set.of(
            "SUBSTRING",
            "OVERLAY",
            "TRIM",
            "POSITION",
            "CHAR_LENGTH",
            "CHARACTER_LENGTH",
            "UPPER",
            "LOWER",
            "MOD",
            "ABS",
            "SIGN",
            "FLOOR",
            "CEIL",
            "PI",
            "SIN",
            "COS",
            "TAN",
            "ATAN",
            "ATAN2",
            "DEGREES",
            "RADIANS",
            "NULLIF",
            "COALESCE",
            "CAST",
            "CARDINALITY",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "YEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAYOFYEAR",
            "DAYOFMONTH",
            "HOUR",
            "MINUTE",
            "SECOND",
            "COUNT",
            "SUM",
            "$SUM0",
            "MIN",
            "MAX",
            "AVG",
            "SINGLE_VALUE",
            "ANY_VALUE",
            "GROUPING",
            "MODE",
            "EVERY",
            "STDDEV_POP",
            "VAR_POP",
            "ROW_NUMBER",
            "RANK",
            "DENSE_RANK",
            "NTILE",
            "FIRST_VALUE",
            "LAST_VALUE",
            "LISTAGG");

    private static final List<SqlOperator> POSTGRESQL = List.of(
            SqlLibraryOperators.INFIX_CAST,
            SqlLibraryOperators.ILIKE,
            SqlLibraryOperators.NOT_ILIKE,
            SqlLibraryOperators.BOOL_AND,
            SqlLibraryOperators.BOOL_OR,
            SqlLibraryOperators.STRING_AGG,
            SqlLibraryOperators.ARRAY_AGG);

    private static final SqlOperatorTable TABLE = new DialectTable(operators());

    private CalqueOperators() {}

    /** All operators and functions that a statement may use. */
    public static SqlOperatorTable table() {
        return TABLE;
    }

    private static List<SqlOperator> operators() {
        List<SqlOperator> operators = new ArrayList<>();
        for (SqlOperator operator : SqlStdOperatorTable.instance().getOperatorList()) {
            if (!(operator instanceof SqlFunction) || STANDARD_FUNCTIONS.contains(operator.getName())) {
                operators.add(operator);
            }
        }
        operators.addAll(POSTGRESQL);
        operators.addAll(SampleAggregate.ALL);
        operators.addAll(WindowOperators.ALL);
        operators.addAll(TextOperators.ALL);
        operators.addAll(MathOperators.ALL);
        operators.addAll(TimeOperators.ALL);
        operators.addAll(PercentileOperators.ALL);
        operators.addAll(SessionOperators.ALL);
        operators.add(DateArithmetic.PLUS);
        operators.add(DateArithmetic.MINUS);
        operators.remove(SqlStdOperatorTable.PLUS);
        operators.remove(SqlStdOperatorTable.MINUS);
        return List.copyOf(operators);
    }
}
