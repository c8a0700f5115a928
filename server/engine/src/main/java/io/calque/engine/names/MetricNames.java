package io.calque.engine.names;

import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * The aggregate of a metric with the metric's name beside it, as a statement has it between its text and its resolved form: {@code
 * NAMED_METRIC("revenue", (SUM(total)))} is {@code SUM(total)}, and what a result calls it is {@code revenue}. Stateless.
 */
public final class MetricNames {
    public static final String FUNCTION = "NAMED_METRIC";

    private MetricNames() {}

    private static boolean is(SqlCall call) {
        return call.operandCount() == 2
                && call.getOperator().getName().equalsIgnoreCase(FUNCTION)
                && call.operand(0) instanceof SqlIdentifier;
    }

    /** What a parsed call computes; empty for any other call. */
    static Optional<SqlNode> aggregate(SqlCall call) {
        return is(call) ? Optional.of(call.operand(1)) : Optional.empty();
    }

    /** What a result calls a parsed call; empty for any other call. */
    public static Optional<String> name(SqlCall call) {
        return is(call) ? Optional.of(((SqlIdentifier) call.operand(0)).getSimple()) : Optional.empty();
    }
}
