package io.calque.spi.pushdown;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The one translation between engine types and Calcite's, in both directions. */
public final class RelTypes {
    /** Fractional digits of a second, everywhere: Calcite computes timestamps in whole milliseconds. */
    public static final int TIME_PRECISION = 3;

    private RelTypes() {}

    public static RelDataType toRel(DataType type, boolean nullable, RelDataTypeFactory factory) {
        RelDataType rel = switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case REAL -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
            case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, TIME_PRECISION);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, TIME_PRECISION);
            case TIMESTAMP_TZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME_PRECISION);
            // Elements are nullable: no source proves that an array holds no nulls.
            case ARRAY -> factory.createArrayType(toRel(type.elementType(), true, factory), -1);
        };
        return factory.createTypeWithNullability(rel, nullable);
    }

    /**
     * @throws QueryException NOT_SUPPORTED for a type that has no place in a result: an interval, a row, a map
     */
    public static DataType toData(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT, SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INTEGER;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.REAL;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> DataType.decimal(type.getPrecision(), type.getScale());
            // A NULL literal without a type is text, as in PostgreSQL.
            case CHAR, VARCHAR, NULL -> DataType.VARCHAR;
            case BINARY, VARBINARY -> DataType.VARBINARY;
            case DATE -> DataType.DATE;
            case TIME -> DataType.TIME;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.TIMESTAMP_TZ;
            case ARRAY, MULTISET -> DataType.array(toData(componentType(type)));
            default ->
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "A value of type " + type + " cannot be returned; CAST it to another type");
        };
    }

    /** The columns of a row type, as a native query or a result declares them. */
    public static List<NativeQuery.Column> columns(RelDataType rowType) {
        return rowType.getFieldList().stream()
                .map(f -> new NativeQuery.Column(
                        f.getName(), toData(f.getType()), f.getType().isNullable()))
                .toList();
    }

    private static RelDataType componentType(RelDataType array) {
        RelDataType component = array.getComponentType();
        if (component == null) {
            throw new IllegalStateException(array + " has no component type");
        }
        return component;
    }
}
