package io.calque.app.avatica;

import io.calque.engine.PreparedQuery;
import io.calque.engine.ResultColumn;
import io.calque.spi.TableName;
import io.calque.spi.type.DataType;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;

/** Describes results and parameters in Avatica's terms. */
final class Signatures {
    private static final int MAX_TEXT = 65_535;

    private final Dialect dialect;

    /** Whom the description is for. */
    enum Dialect {
        /** Calque's driver: instants are TIMESTAMP WITH TIME ZONE. */
        CALQUE,
        /**
         * Any Avatica client: it reads TIMESTAMP as wall clock and cannot read TIMESTAMP WITH TIME ZONE as an object, so
         * instants come as text with their offset, which cannot be misread.
         */
        PLAIN
    }

    Signatures(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    Meta.Signature of(PreparedQuery query) {
        List<ColumnMetaData> columns = new ArrayList<>();
        for (ResultColumn column : query.columns()) {
            columns.add(column(columns.size(), column));
        }
        List<AvaticaParameter> parameters = new ArrayList<>();
        for (DataType type : query.parameters()) {
            parameters.add(parameter(parameters.size(), type));
        }
        return new Meta.Signature(
                columns, query.sql(), parameters, Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
    }

    private ColumnMetaData column(int ordinal, ResultColumn column) {
        DataType type = column.type();
        List<String> path = column.table().map(TableName::path).orElse(List.of());
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                type.isNumeric(),
                displaySize(type),
                column.label(),
                column.column().orElse(column.label()),
                path.size() < 2 ? "" : String.join(".", path.subList(0, path.size() - 1)),
                precision(type),
                scale(type),
                path.isEmpty() ? "" : path.get(path.size() - 1),
                column.table().map(table -> table.source().value()).orElse(""),
                type(type),
                true,
                false,
                false,
                className(type));
    }

    private AvaticaParameter parameter(int index, DataType type) {
        return new AvaticaParameter(
                type.isNumeric(),
                precision(type),
                scale(type),
                jdbcType(type),
                type(type).getName(),
                className(type),
                "?" + index);
    }

    private AvaticaType type(DataType type) {
        String name = typeName(type);
        if (type.element().isPresent()) {
            return ColumnMetaData.array(type(type.elementType()), name, Rep.ARRAY);
        }
        return ColumnMetaData.scalar(jdbcType(type), name, rep(type));
    }

    private static String typeName(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> "DECIMAL";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH LOCAL TIME ZONE";
            case ARRAY -> typeName(type.elementType()) + " ARRAY";
            default -> type.kind().name();
        };
    }

    private int jdbcType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Types.BOOLEAN;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case VARCHAR -> Types.VARCHAR;
            case VARBINARY -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMP_TZ -> dialect == Dialect.CALQUE ? Types.TIMESTAMP_WITH_TIMEZONE : Types.VARCHAR;
            case ARRAY -> Types.ARRAY;
        };
    }

    private static Rep rep(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Rep.BOOLEAN;
            case SMALLINT -> Rep.SHORT;
            case INTEGER, DATE, TIME -> Rep.INTEGER;
            case BIGINT, TIMESTAMP -> Rep.LONG;
            case REAL -> Rep.FLOAT;
            case DOUBLE -> Rep.DOUBLE;
            case DECIMAL -> Rep.NUMBER;
            case VARCHAR, TIMESTAMP_TZ -> Rep.STRING;
            case VARBINARY -> Rep.BYTE_STRING;
            case ARRAY -> Rep.ARRAY;
        };
    }

    private String className(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.class.getName();
            case SMALLINT, INTEGER -> Integer.class.getName();
            case BIGINT -> Long.class.getName();
            case REAL -> Float.class.getName();
            case DOUBLE -> Double.class.getName();
            case DECIMAL -> java.math.BigDecimal.class.getName();
            case VARCHAR -> String.class.getName();
            case VARBINARY -> "[B";
            case DATE -> java.sql.Date.class.getName();
            case TIME -> java.sql.Time.class.getName();
            case TIMESTAMP -> java.sql.Timestamp.class.getName();
            case TIMESTAMP_TZ ->
                dialect == Dialect.CALQUE ? java.sql.Timestamp.class.getName() : String.class.getName();
            case ARRAY -> java.sql.Array.class.getName();
        };
    }

    /** As JDBC's getPrecision and COLUMN_SIZE have it: digits of numbers, characters of everything else. */
    private static int precision(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 1;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case REAL -> 7;
            case DOUBLE -> 15;
            case DECIMAL -> type.precision();
            case VARCHAR, VARBINARY -> MAX_TEXT;
            case DATE -> 10;
            // Avatica's own client reads the precision of these as digits of the second
            case TIME, TIMESTAMP -> 3;
            case TIMESTAMP_TZ -> 29;
            case ARRAY -> 0;
        };
    }

    private static int scale(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> type.scale();
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> 3;
            default -> 0;
        };
    }

    private static int displaySize(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 5;
            case SMALLINT -> 6;
            case INTEGER -> 11;
            case BIGINT -> 20;
            case REAL -> 14;
            case DOUBLE -> 24;
            case DECIMAL -> type.precision() + 2;
            case VARCHAR, VARBINARY, ARRAY -> MAX_TEXT;
            case DATE -> 10;
            case TIME -> 12;
            case TIMESTAMP -> 23;
            case TIMESTAMP_TZ -> 29;
        };
    }
}
