package io.calque.driver;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;

/** The columns of a result: their types, and where they are by name. Single-threaded. */
final class ResultColumns {
    private final List<ColumnMetaData> columns;
    private final int[] types;
    private Map<String, Integer> ordinals;

    ResultColumns(List<ColumnMetaData> columns) {
        this.columns = columns;
        this.types = columns.stream().mapToInt(column -> column.type.id).toArray();
    }

    int count() {
        return types.length;
    }

    /**
     * @param columnIndex from 1
     */
    int type(int columnIndex) {
        return types[columnIndex - 1];
    }

    /** What an array is of, however deep; of another column its type. */
    int elementType(int columnIndex) {
        ColumnMetaData.AvaticaType type = columns.get(columnIndex - 1).type;
        while (type instanceof ColumnMetaData.ArrayType) {
            type = ((ColumnMetaData.ArrayType) type).getComponent();
        }
        return type.id;
    }

    /** From 1, in any case. */
    int ordinal(String label) throws SQLException {
        if (ordinals == null) {
            ordinals = new HashMap<>();
            for (int i = 0; i < types.length; i++) {
                // of columns with the same label, the first counts
                ordinals.putIfAbsent(columns.get(i).label.toLowerCase(Locale.ROOT), i + 1);
            }
        }
        Integer ordinal = ordinals.get(label.toLowerCase(Locale.ROOT));
        if (ordinal == null) {
            throw new SQLDataException("The result has no column '" + label + "'", "42703");
        }
        return ordinal;
    }
}
