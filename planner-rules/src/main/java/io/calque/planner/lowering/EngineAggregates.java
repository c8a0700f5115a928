package io.calque.planner.lowering;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.AggregateFunction;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** Our aggregates in the place of stock ones that lose digits. Immutable, thread-safe. */
final class EngineAggregates {
    private static final Map<SqlKind, SqlAggFunction> EXACT = new EnumMap<>(Map.of(
            SqlKind.VAR_POP, of("EXACT_VAR_POP", Deviation.ExactVarPop.class),
            SqlKind.VAR_SAMP, of("EXACT_VAR_SAMP", Deviation.ExactVarSamp.class),
            SqlKind.STDDEV_POP, of("EXACT_STDDEV_POP", Deviation.ExactStddevPop.class),
            SqlKind.STDDEV_SAMP, of("EXACT_STDDEV_SAMP", Deviation.ExactStddevSamp.class)));
    private static final Map<SqlKind, SqlAggFunction> DOUBLE = new EnumMap<>(Map.of(
            SqlKind.VAR_POP, of("RUNNING_VAR_POP", Deviation.VarPop.class),
            SqlKind.VAR_SAMP, of("RUNNING_VAR_SAMP", Deviation.VarSamp.class),
            SqlKind.STDDEV_POP, of("RUNNING_STDDEV_POP", Deviation.StddevPop.class),
            SqlKind.STDDEV_SAMP, of("RUNNING_STDDEV_SAMP", Deviation.StddevSamp.class)));

    private EngineAggregates() {}

    /** Our aggregate for {@code kind} with a result of {@code type}; null where the stock one serves. */
    static @Nullable SqlAggFunction of(SqlKind kind, RelDataType type) {
        return (SqlTypeUtil.isDecimal(type) ? EXACT : DOUBLE).get(kind);
    }

    private static SqlAggFunction of(String name, Class<?> implementation) {
        AggregateFunction function = Objects.requireNonNull(AggregateFunctionImpl.create(implementation));
        return new SqlUserDefinedAggFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                // One row has no sample variance, so that even a group of NOT NULL values may give NULL.
                name.endsWith("_SAMP")
                        ? ReturnTypes.AVG_AGG_FUNCTION.andThen(SqlTypeTransforms.FORCE_NULLABLE)
                        : ReturnTypes.AVG_AGG_FUNCTION,
                InferTypes.FIRST_KNOWN,
                OperandTypes.operandMetadata(
                        List.of(SqlTypeFamily.NUMERIC),
                        types -> List.of(types.createSqlType(SqlTypeName.DOUBLE)),
                        i -> "value",
                        i -> false),
                function,
                false,
                false,
                Optionality.FORBIDDEN);
    }
}
