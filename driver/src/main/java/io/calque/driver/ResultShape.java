package io.calque.driver;

import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;

/** Describes results that the driver makes itself. */
final class ResultShape {
    private ResultShape() {}

    static ColumnMetaData column(int ordinal, String name, int type) {
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                DatabaseMetaData.columnNullableUnknown,
                true,
                0,
                name,
                name,
                "",
                0,
                0,
                "",
                "",
                ColumnMetaData.scalar(type, JDBCType.valueOf(type).getName(), ColumnMetaData.Rep.OBJECT),
                true,
                false,
                false,
                className(type));
    }

    private static String className(int type) {
        switch (type) {
            case java.sql.Types.SMALLINT:
            case java.sql.Types.INTEGER:
                return Integer.class.getName();
            case java.sql.Types.BIGINT:
                return Long.class.getName();
            case java.sql.Types.BOOLEAN:
                return Boolean.class.getName();
            default:
                return String.class.getName();
        }
    }

    static Meta.Signature signature(List<ColumnMetaData> columns) {
        return new Meta.Signature(
                new ArrayList<>(columns),
                "",
                Collections.emptyList(),
                Collections.emptyMap(),
                Meta.CursorFactory.LIST,
                Meta.StatementType.SELECT);
    }
}
