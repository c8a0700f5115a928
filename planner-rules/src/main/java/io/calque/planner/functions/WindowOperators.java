package io.calque.planner.functions;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;
import org.apache.calcite.sql.fun.SqlNthValueAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions of windows that can be NULL where Calcite's own say they cannot. Immutable. */
public final class WindowOperators {
    static final List<SqlAggFunction> ALL = List.of(new Nth(), new Neighbour(SqlKind.LAG), new Neighbour(SqlKind.LEAD));

    private WindowOperators() {}

    /** What generated code knows one of ours by; the function itself where it is none of ours. */
    public static SqlAggFunction stock(SqlAggFunction function) {
        return switch (function.getKind()) {
            case NTH_VALUE -> SqlStdOperatorTable.NTH_VALUE;
            case LAG -> SqlStdOperatorTable.LAG;
            case LEAD -> SqlStdOperatorTable.LEAD;
            default -> function;
        };
    }

    private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type) {
        return binding.getTypeFactory().createTypeWithNullability(type, true);
    }

    /** {@code NTH_VALUE(x, n)} is NULL while the frame has fewer rows than n, though x never is. */
    private static final class Nth extends SqlNthValueAggFunction {
        Nth() {
            super(SqlKind.NTH_VALUE);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return nullable(binding, super.inferReturnType(binding));
        }
    }

    /** {@code LAG(x, n, y)} is NULL where that row's x is, though y never is. */
    private static final class Neighbour extends SqlLeadLagAggFunction {
        Neighbour(SqlKind kind) {
            super(kind);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            RelDataType type = super.inferReturnType(binding);
            return binding.getOperandType(0).isNullable() ? nullable(binding, type) : type;
        }
    }
}
