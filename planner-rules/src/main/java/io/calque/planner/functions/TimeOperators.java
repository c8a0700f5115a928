package io.calque.planner.functions;

import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;
import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.DATETIME;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;

import io.calque.planner.lowering.DateTimeFormat;
import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.TimeFunctions;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlExtractFunction;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Functions of dates and times. Immutable, thread-safe. */
final class TimeOperators {
    private static final SqlReturnTypeInference DATE = ReturnTypes.DATE_NULLABLE;
    private static final SqlReturnTypeInference INSTANT =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    static final SqlFunction EXTRACT = new Extract();

    /** DATE_PART('year', x) is EXTRACT(YEAR FROM x). */
    static final SqlFunction DATE_PART = SqlBasicFunction.create(
            "DATE_PART",
            binding -> Extract.type(binding, unitText(binding)),
            Signature.of(CHARACTER, ANY),
            SqlFunctionCategory.TIMEDATE);

    /** DATE_TRUNC('month', x) is FLOOR(x TO MONTH); a DATE gives a TIMESTAMP. */
    static final SqlFunction DATE_TRUNC = SqlBasicFunction.create(
            "DATE_TRUNC", TimeOperators::truncType, Signature.of(CHARACTER, DATETIME), SqlFunctionCategory.TIMEDATE);

    static final EngineFunction TRUNC_TIMESTAMP = EngineFunction.named(
            "DATE_TRUNC",
            TimeFunctions.class,
            "truncTimestamp",
            ReturnTypes.ARG1_NULLABLE,
            Signature.of(CHARACTER, DATETIME));
    static final EngineFunction TRUNC_INSTANT = EngineFunction.named(
            "DATE_TRUNC",
            TimeFunctions.class,
            "truncInstant",
            ReturnTypes.ARG1_NULLABLE,
            Signature.of(CHARACTER, DATETIME));

    static final EngineFunction TO_CHAR = EngineFunction.named(
            "TO_CHAR",
            DateTimeFormat.class,
            "formatTimestamp",
            ReturnTypes.VARCHAR_NULLABLE,
            Signature.of(DATETIME, CHARACTER));

    static final List<SqlOperator> ALL = List.of(
            EXTRACT,
            DATE_PART,
            DATE_TRUNC,
            TO_CHAR,
            EngineFunction.named(
                    "TO_DATE", DateTimeFormat.class, "parseDate", DATE, Signature.of(CHARACTER, CHARACTER)),
            EngineFunction.named(
                    "TO_TIMESTAMP",
                    DateTimeFormat.class,
                    "parseInstant",
                    INSTANT.andThen(SqlTypeTransforms.TO_NULLABLE),
                    Signature.of(CHARACTER, CHARACTER)),
            EngineFunction.named(
                    "TO_TIMESTAMP",
                    TimeFunctions.class,
                    "instantOfEpoch",
                    INSTANT.andThen(SqlTypeTransforms.TO_NULLABLE),
                    Signature.of(NUMERIC)),
            EngineFunction.named(
                    "MAKE_DATE", TimeFunctions.class, "makeDate", DATE, Signature.of(INTEGER, INTEGER, INTEGER)),
            clock("NOW", "now", INSTANT, SqlSyntax.FUNCTION),
            clock("CURRENT_TIMESTAMP", "now", INSTANT, SqlSyntax.FUNCTION_ID),
            clock("LOCALTIMESTAMP", "localNow", ReturnTypes.explicit(SqlTypeName.TIMESTAMP), SqlSyntax.FUNCTION_ID),
            clock("CURRENT_DATE", "today", ReturnTypes.explicit(SqlTypeName.DATE), SqlSyntax.FUNCTION_ID),
            clock("CURRENT_TIME", "timeNow", ReturnTypes.explicit(SqlTypeName.TIME), SqlSyntax.FUNCTION_ID),
            clock("LOCALTIME", "timeNow", ReturnTypes.explicit(SqlTypeName.TIME), SqlSyntax.FUNCTION_ID));

    private TimeOperators() {}

    private static EngineFunction clock(String name, String method, SqlReturnTypeInference returns, SqlSyntax syntax) {
        return EngineFunction.ofContext(name, TimeFunctions.class, method, returns, Signature.of(), syntax);
    }

    private static RelDataType truncType(SqlOperatorBinding binding) {
        RelDataType value = binding.getOperandType(1);
        SqlTypeName name = value.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                : SqlTypeName.TIMESTAMP;
        boolean nullable = value.isNullable() || binding.getOperandType(0).isNullable();
        return binding.getTypeFactory()
                .createTypeWithNullability(binding.getTypeFactory().createSqlType(name), nullable);
    }

    private static String unitText(SqlOperatorBinding binding) {
        String unit = binding.isOperandLiteral(0, false) ? binding.getOperandLiteralValue(0, String.class) : null;
        return unit == null ? "" : TimeFunctions.unitName(unit);
    }

    /** EXTRACT whose SECOND, MILLISECOND and EPOCH keep their fractions, as PostgreSQL's do. */
    private static final class Extract extends SqlExtractFunction {
        Extract() {
            super("EXTRACT", false);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            if (binding instanceof SqlCallBinding call) {
                return type(
                        binding,
                        ((SqlIntervalQualifier) call.operand(0)).getUnit().name());
            }
            TimeUnitRange range = binding.getOperandLiteralValue(0, TimeUnitRange.class);
            return type(binding, range == null ? "" : range.name());
        }

        static RelDataType type(SqlOperatorBinding binding, String unit) {
            RelDataType type = switch (unit) {
                case "SECOND" -> binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 5, 3);
                case "MILLISECOND" -> binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 8, 3);
                case "EPOCH" -> binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 17, 3);
                default -> binding.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
            };
            return binding.getTypeFactory()
                    .createTypeWithNullability(type, binding.getOperandType(1).isNullable());
        }
    }
}
