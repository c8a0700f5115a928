package io.calque.planner.functions;

import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;

import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.PercentileFunctions;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Percentiles of an array that ARRAY_AGG made: what PERCENTILE_CONT and PERCENTILE_DISC are rephrased as. Immutable, thread-safe. */
public final class PercentileOperators {
    /** (ARRAY of DOUBLE, fraction as DOUBLE, whether descending). */
    public static final EngineFunction BETWEEN = EngineFunction.named(
            "PERCENTILE_BETWEEN",
            PercentileFunctions.class,
            "percentileBetween",
            ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE),
            Signature.of(ANY, ANY, ANY));

    /** (ARRAY, fraction as DOUBLE, whether descending). */
    public static final EngineFunction OF = EngineFunction.named(
            "PERCENTILE_OF",
            PercentileFunctions.class,
            "percentileOf",
            PercentileOperators::elementType,
            Signature.of(ANY, ANY, ANY));

    static final List<SqlOperator> ALL = List.of(BETWEEN, OF);

    private PercentileOperators() {}

    private static RelDataType elementType(SqlOperatorBinding binding) {
        RelDataType element = Objects.requireNonNull(binding.getOperandType(0).getComponentType());
        return binding.getTypeFactory().createTypeWithNullability(element, true);
    }
}
