package io.calque.testkit.rel;

import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The types that expressions of a fragment have: what the engine's own type system derives, said a second time, because an
 * adapter must not depend on the planner. Single-threaded.
 */
final class FragmentTypes extends JavaTypeFactoryImpl {
    FragmentTypes() {
        super(new Rules());
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** There is no padded text, not even for literals. */
    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        SqlTypeName varying = switch (typeName) {
            case CHAR -> SqlTypeName.VARCHAR;
            case BINARY -> SqlTypeName.VARBINARY;
            default -> typeName;
        };
        return super.createSqlType(varying, precision);
    }

    private static final class Rules extends RelDataTypeSystemImpl {
        private static final int DIVISION_SCALE = 16;

        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case DECIMAL -> DataType.MAX_PRECISION;
                case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> RelTypes.TIME_PRECISION;
                default -> super.getMaxPrecision(typeName);
            };
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? DataType.MAX_PRECISION : super.getMaxScale(typeName);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> RelTypes.TIME_PRECISION;
                default -> super.getDefaultPrecision(typeName);
            };
        }

        @Override
        public RoundingMode roundingMode() {
            return RoundingMode.HALF_UP;
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }

        @Override
        public @Nullable RelDataType deriveDecimalPlusType(
                RelDataTypeFactory factory, RelDataType left, RelDataType right) {
            return exact(left, right) ? decimal(factory, Math.max(scale(left), scale(right))) : null;
        }

        @Override
        public @Nullable RelDataType deriveDecimalMultiplyType(
                RelDataTypeFactory factory, RelDataType left, RelDataType right) {
            return exact(left, right)
                    ? decimal(factory, Math.min(DataType.MAX_PRECISION, scale(left) + scale(right)))
                    : null;
        }

        @Override
        public @Nullable RelDataType deriveDecimalDivideType(
                RelDataTypeFactory factory, RelDataType left, RelDataType right) {
            return exact(left, right)
                    ? decimal(factory, Math.max(DIVISION_SCALE, Math.max(scale(left), scale(right))))
                    : null;
        }

        @Override
        public @Nullable RelDataType deriveDecimalModType(
                RelDataTypeFactory factory, RelDataType left, RelDataType right) {
            return deriveDecimalPlusType(factory, left, right);
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
            RelDataType sum = switch (argument.getSqlTypeName()) {
                case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
                case BIGINT, DECIMAL -> decimal(factory, scale(argument));
                case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
                default -> argument;
            };
            return factory.createTypeWithNullability(sum, argument.isNullable());
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
            RelDataType average = switch (argument.getSqlTypeName()) {
                case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                    decimal(factory, Math.max(DIVISION_SCALE, scale(argument)));
                case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
                default -> argument;
            };
            return factory.createTypeWithNullability(average, argument.isNullable());
        }

        private static int scale(RelDataType exact) {
            return exact.getSqlTypeName() == SqlTypeName.DECIMAL ? exact.getScale() : 0;
        }

        private static boolean exact(RelDataType left, RelDataType right) {
            return SqlTypeUtil.isExactNumeric(left)
                    && SqlTypeUtil.isExactNumeric(right)
                    && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
        }

        private static RelDataType decimal(RelDataTypeFactory factory, int scale) {
            return factory.createSqlType(SqlTypeName.DECIMAL, DataType.MAX_PRECISION, scale);
        }
    }
}
