package io.calque.spi.pushdown;

import io.calque.spi.type.DataType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Creates types in UTF-8, and VARCHAR wherever CHAR is asked for.
 *
 * <p>Calcite types text literals CHAR(n), and pads them when it finds a common type. Trailing blanks count in Calque, so there is no CHAR: not even
 * for literals. Single-threaded: one per statement.
 */
public final class CalqueTypeFactory extends JavaTypeFactoryImpl {
    public CalqueTypeFactory() {
        super(CalqueTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        return super.createSqlType(varying(typeName), precision);
    }

    /** DECIMAL alone means "exact, with a fraction", as PostgreSQL's numeric does; DECIMAL(10) has none. */
    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL
                ? createSqlType(typeName, DataType.MAX_PRECISION, CalqueTypeSystem.DIVISION_SCALE)
                : super.createSqlType(typeName);
    }

    /** An exact number and a REAL meet in DOUBLE: REAL alone would lose digits of an INTEGER. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        RelDataType exact = leastRestrictiveDecimal(types);
        if (exact != null) {
            return exact;
        }
        boolean real = types.stream().anyMatch(t -> t.getSqlTypeName() == SqlTypeName.REAL);
        if (!real || types.stream().noneMatch(SqlTypeUtil::isExactNumeric)) {
            return super.leastRestrictive(types, rule);
        }
        List<RelDataType> widened = types.stream()
                .map(t -> t.getSqlTypeName() == SqlTypeName.REAL
                        ? createTypeWithNullability(createSqlType(SqlTypeName.DOUBLE), t.isNullable())
                        : t)
                .toList();
        return super.leastRestrictive(widened, rule);
    }

    /**
     * What exact numbers meet in, one of them a DECIMAL: no digit behind the point is given up, as the stock rule would past 38 digits.
     */
    private @Nullable RelDataType leastRestrictiveDecimal(List<RelDataType> types) {
        boolean decimal = types.stream().anyMatch(SqlTypeUtil::isDecimal);
        boolean exact =
                types.stream().allMatch(t -> t.getSqlTypeName() == SqlTypeName.NULL || SqlTypeUtil.isExactNumeric(t));
        if (!decimal || !exact) {
            return null;
        }
        int scale = 0;
        int digits = 0;
        for (RelDataType type : types) {
            if (type.getSqlTypeName() != SqlTypeName.NULL) {
                int own = SqlTypeUtil.isDecimal(type) ? type.getScale() : 0;
                scale = Math.max(scale, own);
                digits = Math.max(digits, type.getPrecision() - own);
            }
        }
        RelDataType common =
                createSqlType(SqlTypeName.DECIMAL, Math.min(DataType.MAX_PRECISION, digits + scale), scale);
        return createTypeWithNullability(common, types.stream().anyMatch(RelDataType::isNullable));
    }

    private static SqlTypeName varying(SqlTypeName typeName) {
        return switch (typeName) {
            case CHAR -> SqlTypeName.VARCHAR;
            case BINARY -> SqlTypeName.VARBINARY;
            default -> typeName;
        };
    }
}
