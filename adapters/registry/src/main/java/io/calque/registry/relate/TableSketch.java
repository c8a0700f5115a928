package io.calque.registry.relate;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one scan of a table left. Immutable.
 *
 * @param columns by SQL name: those that were scanned
 * @param rows seen
 */
record TableSketch(TableDescriptor table, Map<String, ColumnSketch> columns, long rows, boolean complete) {
    private static final int MOST_COLUMNS = 250;
    private static final double LONGEST_TEXT = 200;

    TableSketch {
        columns = Map.copyOf(columns);
    }

    /** The columns of a table that could refer or be referred to: numbers and short text. */
    static List<ColumnDescriptor> scannable(TableDescriptor table) {
        return table.columns().stream()
                .filter(TableSketch::mayIdentify)
                .filter(c -> table.statistics().column(c.name()).averageBytes().orElse(0) <= LONGEST_TEXT)
                .limit(MOST_COLUMNS)
                .toList();
    }

    private static boolean mayIdentify(ColumnDescriptor column) {
        return switch (column.type().kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, VARCHAR -> true;
            case BOOLEAN, VARBINARY, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, ARRAY -> false;
        };
    }

    /** Rows of the whole table, as far as is known. */
    double tableRows() {
        return complete ? rows : Math.max(rows, table.statistics().rowCount().orElse(rows));
    }

    Optional<ColumnSketch> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
