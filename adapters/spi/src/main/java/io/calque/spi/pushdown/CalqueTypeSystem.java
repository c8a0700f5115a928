package io.calque.spi.pushdown;

import io.calque.spi.type.DataType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Precisions, and the result types of arithmetic and aggregates.
 *
 * <p>Exact results are DECIMAL(38, s): digits before the point are never given up for digits behind it, and a value that does not fit raises
 * 22003 instead of being rounded silently. Thread-safe.
 */
public final class CalqueTypeSystem extends RelDataTypeSystemImpl {
    public static final CalqueTypeSystem INSTANCE = new CalqueTypeSystem();

    /** Fractional digits that a division or an average of exact numbers keeps at least. */
    public static final int DIVISION_SCALE = 16;

    /** As PostgreSQL limits VARCHAR(n); text without a length is unbounded. */
    private static final int MAX_TEXT_LENGTH = 10_485_760;

    private CalqueTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DataType.MAX_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> MAX_TEXT_LENGTH;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> RelTypes.TIME_PRECISION;
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
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> RelTypes.TIME_PRECISION;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public int getMinPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> 0;
            default -> super.getMinPrecision(typeName);
        };
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    /** CASE and set operations over 'a' and 'abc' give VARCHAR: a CHAR would be padded with blanks. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(
            RelDataTypeFactory typeFactory, RelDataType left, RelDataType right) {
        return exact(left, right) ? decimal(typeFactory, Math.max(scale(left), scale(right))) : null;
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory typeFactory, RelDataType left, RelDataType right) {
        return exact(left, right)
                ? decimal(typeFactory, Math.min(DataType.MAX_PRECISION, scale(left) + scale(right)))
                : null;
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory typeFactory, RelDataType left, RelDataType right) {
        return exact(left, right)
                ? decimal(typeFactory, Math.max(DIVISION_SCALE, Math.max(scale(left), scale(right))))
                : null;
    }

    @Override
    public @Nullable RelDataType deriveDecimalModType(
            RelDataTypeFactory typeFactory, RelDataType left, RelDataType right) {
        return deriveDecimalPlusType(typeFactory, left, right);
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argument) {
        RelDataType sum = switch (argument.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER -> typeFactory.createSqlType(SqlTypeName.BIGINT);
            case BIGINT, DECIMAL -> decimal(typeFactory, scale(argument));
            // A sum in REAL would depend on the order of the rows; see ExpandAverages for the cast.
            case REAL, FLOAT, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
            default -> argument;
        };
        return typeFactory.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argument) {
        RelDataType average = switch (argument.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                decimal(typeFactory, Math.max(DIVISION_SCALE, scale(argument)));
            case REAL, FLOAT, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
            default -> argument;
        };
        return typeFactory.createTypeWithNullability(average, argument.isNullable());
    }

    @Override
    public RelDataType deriveCovarType(RelDataTypeFactory typeFactory, RelDataType left, RelDataType right) {
        return typeFactory.createTypeWithNullability(
                typeFactory.createSqlType(SqlTypeName.DOUBLE), left.isNullable() || right.isNullable());
    }

    /** Digits behind the point; 0 for the integer types. */
    private static int scale(RelDataType exactNumeric) {
        return exactNumeric.getSqlTypeName() == SqlTypeName.DECIMAL ? exactNumeric.getScale() : 0;
    }

    /** At least one DECIMAL, and nothing approximate: what two integers give is an integer. */
    private static boolean exact(RelDataType left, RelDataType right) {
        return SqlTypeUtil.isExactNumeric(left)
                && SqlTypeUtil.isExactNumeric(right)
                && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
    }

    private static RelDataType decimal(RelDataTypeFactory typeFactory, int scale) {
        return typeFactory.createSqlType(SqlTypeName.DECIMAL, DataType.MAX_PRECISION, scale);
    }
}
