package io.calque.planner.functions;

import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;
import static org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;

import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.MathFunctions;
import io.calque.spi.type.DataType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Functions of numbers, and GREATEST and LEAST. Immutable, thread-safe. */
final class MathOperators {
    private static final SqlReturnTypeInference DOUBLE = ReturnTypes.DOUBLE_NULLABLE;

    /** NULL only when all arguments are, but NOT NULL cannot be told apart per row: nullable unless one is NOT NULL. */
    private static final SqlReturnTypeInference COMMON =
            ReturnTypes.LEAST_RESTRICTIVE.andThen((binding, type) -> binding.getTypeFactory()
                    .createTypeWithNullability(
                            type, binding.collectOperandTypes().stream().allMatch(RelDataType::isNullable)));

    static final SqlFunction ROUND = rounding("ROUND");
    static final SqlFunction TRUNC = rounding("TRUNC");
    static final SqlFunction POW =
            SqlBasicFunction.create("POW", DOUBLE, Signature.of(NUMERIC, NUMERIC), SqlFunctionCategory.NUMERIC);

    static final EngineFunction GREATEST = EngineFunction.namedNullAware(
            "GREATEST", MathFunctions.class, "greatestValue", COMMON, Signature.variadic(ANY));
    static final EngineFunction LEAST =
            EngineFunction.namedNullAware("LEAST", MathFunctions.class, "leastValue", COMMON, Signature.variadic(ANY));

    static final EngineFunction POWER = of("POWER", "powerDouble", 2);

    static final List<SqlOperator> ALL = List.of(
            ROUND,
            TRUNC,
            POW,
            GREATEST,
            LEAST,
            of("SQRT", "sqrtDouble", 1),
            of("CBRT", "cbrtDouble", 1),
            of("EXP", "expDouble", 1),
            of("LN", "lnDouble", 1),
            of("LOG10", "log10Double", 1),
            of("LOG", "log10Double", 1),
            of("LOG", "logDouble", 2),
            POWER,
            of("COT", "cotDouble", 1),
            of("ASIN", "asinDouble", 1),
            of("ACOS", "acosDouble", 1));

    private MathOperators() {}

    private static EngineFunction of(String name, String method, int arguments) {
        Signature signature = arguments == 1 ? Signature.of(NUMERIC) : Signature.of(NUMERIC, NUMERIC);
        return EngineFunction.named(name, MathFunctions.class, method, DOUBLE, signature);
    }

    private static SqlFunction rounding(String name) {
        SqlReturnTypeInference returns = MathOperators::roundingType;
        return SqlBasicFunction.create(
                name,
                returns.andThen(SqlTypeTransforms.TO_NULLABLE),
                new Signature(List.of(NUMERIC), 2),
                SqlFunctionCategory.NUMERIC);
    }

    /** An exact number rounded to n digits has the scale n where n is a constant, else its own. */
    private static RelDataType roundingType(SqlOperatorBinding binding) {
        RelDataType type = binding.getOperandType(0);
        boolean toWhole = binding.getOperandCount() == 1;
        if (SqlTypeUtil.isApproximateNumeric(type) || toWhole && !SqlTypeUtil.isDecimal(type)) {
            return type;
        }
        int scale = SqlTypeUtil.isDecimal(type) ? type.getScale() : 0;
        if (toWhole) {
            scale = 0;
        } else if (binding.isOperandLiteral(1, true)) {
            Integer digits = binding.getOperandLiteralValue(1, Integer.class);
            scale = digits == null ? scale : Math.max(0, Math.min(DataType.MAX_PRECISION, digits));
        }
        return binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, DataType.MAX_PRECISION, scale);
    }
}
