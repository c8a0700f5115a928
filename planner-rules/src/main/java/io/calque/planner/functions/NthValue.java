package io.calque.planner.functions;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlNthValueAggFunction;

/** NTH_VALUE that may be NULL though its argument may not: a frame can have fewer rows. Immutable, thread-safe. */
final class NthValue extends SqlNthValueAggFunction {
    static final NthValue OPERATOR = new NthValue();

    private NthValue() {
        super(SqlKind.NTH_VALUE);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createTypeWithNullability(super.inferReturnType(binding), true);
    }
}
